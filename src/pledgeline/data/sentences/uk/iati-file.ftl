### Описи, які пишуться у файл IATI.

flow = Рух коштів за угодою.
flow_pledge = Обіцянка за { $agreement }
flow_commitment = Зобов’язання за { $agreement }
flow_receipt = Надходження за { $agreement }
flow_order = Замовлення коштом { $agreement }
flow_order-of = Замовлення коштом { $agreement }: { $line }
flow_expenditure = Видатки коштом { $agreement }
flow_expenditure-of = Видатки коштом { $agreement }: { $line }
delivered = Поставлені товари
units = Одиниці позиції { $line }
invented = { $text } Усе в цій програмі вигадано.

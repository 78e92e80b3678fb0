### What stands in the IATI files that we write.

flow = A flow of money under an agreement.
flow_pledge = Pledge under { $agreement }
flow_commitment = Commitment under { $agreement }
flow_receipt = Receipt under { $agreement }
flow_order = Order with money of { $agreement }
flow_order-of = Order with money of { $agreement }: { $line }
flow_expenditure = Expenditure with money of { $agreement }
flow_expenditure-of = Expenditure with money of { $agreement }: { $line }
delivered = Goods delivered
units = Units of { $line }
invented = { $text } Everything in this programme is invented.

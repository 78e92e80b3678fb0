### The steps of the chain: what each button says, what the history says, and why a step cannot be taken.

requirement-write = Write down
    .done = wrote it down
requirement-submit = Submit for validation
    .done = submitted it
requirement-validate = Validate
    .done = validated it
requirement-return = Return
    .done = returned it
requirement-reject = Reject
    .done = rejected it
requirement-list = Put on the list
    .done = put it on the list
requirement-withdraw = Withdraw
    .done = withdrew it
requirement-supersede = Replace by the new version
    .done = replaced it by a new version
offer-write = Write down
    .done = wrote it down
offer-submit = Offer
    .done = offered it
offer-withdraw = Withdraw
    .done = withdrew it
order-write = Write down
    .done = wrote it down
order-request = Request an offer
    .done = requested an offer
order-offer = Offer
    .done = offered it
order-accept = Accept the order
    .done = accepted it
order-cancel = Cancel the order
    .done = cancelled it
order-cancel-rest = Cancel the rest
    .done = cancelled the rest
order-ask-approval = Ask for approval
    .done = asked for the approval of a second person
order-approve = Approve
    .done = approved it
order-refuse-approval = Refuse the approval
    .done = refused the approval
package-ask-approval = Ask for approval
    .done = asked for the approval of a second person
package-approve = Approve
    .done = approved it
package-refuse-approval = Refuse the approval
    .done = refused the approval
discrepancy-ask-approval = Ask for approval
    .done = asked for the approval of a second person
discrepancy-approve = Approve
    .done = approved it
discrepancy-refuse-approval = Refuse the approval
    .done = refused the approval
order-amend = Change prices or units
    .done = changed it after it was accepted
shipment-write = Write down
    .done = wrote it down
shipment-dispatch = Dispatch
    .done = dispatched it
shipment-arrive = At the handover point
    .done = noted that it is at the handover point
shipment-lose = Lost
    .done = noted that it is lost
shipment-receive = Receive
    .done = received it
receipt-write = Count
    .done = counted it
receipt-accept = Accept the receipt
    .done = accepted it
package-write = Form
    .done = formed it
package-split = Split
    .done = split a part off
package-merge = Merge into another
    .done = merged it into another
package-take-in = Take in
    .done = took in the lines of
package-cancel = Cancel the package
    .done = cancelled it
package-close = Close the package
    .done = closed it
discrepancy-write = Open
    .done = opened it
discrepancy-replace = Have it replaced
    .done = had it replaced
discrepancy-refund = Refunded by the supplier
    .done = noted that the supplier gives the money back
discrepancy-write-off = Write off
    .done = wrote it off
programme-create = Create
    .done = created it
programme-change = Change the settings
    .done = changed the settings
source-enter = Enter
    .done = entered it
source-correct = Correct
    .done = corrected it
source-remove = Remove
    .done = took it away
announcement-enter = Enter
    .done = entered it
announcement-correct = Correct
    .done = corrected it
announcement-remove = Remove
    .done = took it away
stated-total-enter = Enter
    .done = entered it
stated-total-correct = Correct
    .done = corrected it
stated-total-remove = Remove
    .done = took it away

state = { $state ->
    [draft] draft
    [submitted] submitted
    [returned] returned
    [rejected] rejected
    [validated] validated
    [listed] on the list
    [offered] offered
    [withdrawn] withdrawn
    [open] open
    [cancelled] cancelled
    [requested] requested
    [accepted] accepted
    [receipt-accepted] accepted
    [closed] closed
    [dispatched] dispatched
    [arrived] at the handover point
    [received] received
    [lost] lost
    [counted] counted
    [merged] merged into another
    [replaced] to be replaced
    [refunded] refunded
    [written-off] written off
   *[superseded] replaced by a new version
}

unknown = A noun of the chain, or a step of it, that there is not.
unknown_noun = There is no { $noun } “{ $key }”.
    .way-out = Look it up in the list.
unknown_step = There is no step “{ $step }” for this { $noun }.
    .way-out = Take one of the steps that its page offers.
taken = A name that something else has.
taken_key = There is a { $noun } “{ $key }” already.
    .way-out = Choose another name, or open that one.
changed-meanwhile = Somebody else changed it while it was open on the screen.
changed-meanwhile_by-somebody = { $key } has been changed since you opened it.
    .way-out = Look at it as it is now, and do it again if it is still right.
waits = It waits for a decision, and cannot be changed until then.
waits_for-a-decision = { $key } waits for a decision.
    .way-out = Have it returned first.
settled = It is settled, and stays as it is.
settled_as-it-is = { $key } is settled, and cannot be changed.
    .way-out = Look at its page: it offers what can be done now.
no-books = The programme keeps no books.
no-books_programme = The programme keeps no books: there is no { $noun } without money.
    .way-out = Open its books first.
not-from-here = A step that cannot be taken from the state in which it is.
not-from-here_state = { $key } is { state }: this step cannot be taken.
    .way-out = Look at its page: it offers the steps that can be taken now.
no-right = A step that is for another role.
no-right_step = Your roles do not let you do this with { $key }.
    .way-out = Ask an administrator of the programme for the role.
no-right_write = Your roles do not let you write this { $noun } down.
    .way-out = Ask an administrator of the programme for the role.
four-eyes = A step that a second person has to take.
four-eyes_same-person = { $key } needs a second person: you took the step before.
    .way-out = Ask somebody else who has the role.
four-eyes_machine = { $key } needs a second person: without accounts nobody can tell whether you took the step before.
    .way-out = Make two accounts, one for each of you, and sign in; in Illustration, look as one role and then as another.
rests-on-it = A row of the record that others rest on cannot be taken away.
rests-on-it_rows = { $key } cannot be taken away: { $rows } would stand without it.
    .way-out = Correct or take away those first.
no-reason = A step that needs a reason.
no-reason_step = There is no reason given.
    .way-out = Write in a sentence why.
webhook = A message to another office that cannot be sent as asked, or was not taken.
webhook_kinds = No kind of event is chosen, or one that there is not.
    .way-out = Choose one of the list at least.
webhook_role = There is no such role.
    .way-out = Choose one of the list, or none: then only what everybody sees is sent.
webhook_party = There is no party of this name.
    .way-out = Write its short name, as the list of parties has it.
webhook_too-many = As many addresses are notified already as may be.
    .way-out = Have one of them notified no longer.
webhook_ended = { $key } is notified no longer.
    .way-out = Name the address again.
webhook_address-form = Messages are sent to addresses that begin with https://, in plain letters, without a name and password.
    .way-out = Ask the other office for such an address.
webhook_address-private = The address lies in a private network, or is this machine.
    .way-out = Use one of the open internet, or have whoever runs the site set PLEDGELINE_WEBHOOKS_PRIVATE.
webhook_no-connection = No connection came about.
    .way-out = Ask the other office whether the address is right, and is up.
webhook_no-answer = No answer came in time.
    .way-out = Ask the other office whether its program answers within ten seconds.
webhook_elsewhere = The answer leads to another address; such are not followed.
    .way-out = Name the address at which messages are taken.
webhook_refused = The message was refused.
    .way-out = Ask the other office what its program says; then send it again.

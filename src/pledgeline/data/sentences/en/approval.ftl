### Why something that waits for a second person cannot be approved, refused or asked for.

role = { $role ->
    [validator] a validator
    [coordinator] a coordinator
    [administrator] an administrator
   *[finance] somebody of finance
}

waits = The same act waits for approval already.
waits_already = { $key } waits for the approval of { role } already.
    .way-out = Wait for the decision, or take back what was asked for.
no-books = The programme keeps no books.
no-books_programme = The programme keeps no books: nothing of { $key } can be done.
    .way-out = Open its books first.
decided = Somebody has decided on it before.
decided_before = { $by } has decided on it before.
    .way-out = Look at what was decided.
four-eyes = Whoever asked for an approval does not give it.
four-eyes_same-person = { $key } needs a second person: you asked for it.
    .way-out = Ask somebody else who has the role.
four-eyes_machine = { $key } needs a second person: without accounts nobody can tell whether you asked for it.
    .way-out = Make two accounts, one for each of you, and sign in; in Illustration, look as another role than the one that asked.
four-eyes_unnamed = { $key } was asked for at the machine, without an account: nobody can tell whether that was you.
    .way-out = Refuse it, or have it taken back there, and let somebody with an account ask for it.
no-right = It is for another role.
no-right_role = { $key } is approved or refused by { role }.
    .way-out = Ask somebody who has the role.
no-reason = A refusal that needs a reason.
no-reason_refusal = There is no reason given.
    .way-out = Write in a sentence why it is refused.
not-yours = It is taken back by whoever asked for it.
not-yours_act = Somebody else asked for the approval of { $key }.
    .way-out = Refuse it, if you have the role.
changed-since = What it is about has changed since it was asked for.
changed-since_noun = { $key } has changed since the approval was asked for: this request is outdated, and nothing was done.
    .way-out = Look at it as it is now, and ask again if it is still right.

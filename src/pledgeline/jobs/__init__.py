"""Work in the background: a queue in the database, and the workers that take from it.

What is asked for is a row (`models.Job`). A worker claims one at a time for each of its places, does it in a
process of its own that can be killed, and renews its lease by the database's clock while that process lives.
The work of a worker that is gone is taken up again. Whatever a job writes, it writes in the transaction that
ends it, and only while it still holds the job: so it is written once, or never.

Django's tasks interface is how a job's function is declared and asked for; decision 45 says why the table and
the worker are ours. This room knows no programme, no plan and no books: `actions/kinds.py` says what there is
to do.
"""

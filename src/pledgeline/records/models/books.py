"""The tables of the books: entries in the order of the log, and what they add up to.

An entry and its parts are written once, sealed in the same transaction, and never changed. Everything
that holds for them is also held by the database itself, see `pledgeline/records/guards`: whoever writes
past this program meets the same rules.

The number of an entry is made from its books and its place in the log, so numbers follow the log. It is
also a reference to its seal, checked when the transaction ends: an entry without a seal cannot stay.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from pledgeline.ledger.accounts import Account
from pledgeline.money.parsing import LARGEST_MINOR
from pledgeline.records.models.columns import LONGEST_REF, is_a_code, one_of
from pledgeline.records.models.programmes import ProgrammeRecord
from pledgeline.records.visibility import VisibleBooks

PLACES = 2**40
"""How many entries one set of books can have: entry `p` of books `b` has the number `b * PLACES + p`."""

LONGEST_HASH = 32
ACCOUNTS = [account.value for account in Account]
LONGEST_ACCOUNT = 20


class BooksRecord(models.Model):
    """The books of one programme, and how far they go.

    `size` is the number of entries and so the place of the next one. Whoever writes locks this row. `peaks`
    are the hashes of the full subtrees, largest first: what it takes to append to the tree. `public` says
    whether everybody may read the books; private texts never are. `digest` is the hash of what was settled when
    the books were opened: a slip in one of those columns changes no entry, and this shows it.
    """

    programme = models.OneToOneField(ProgrammeRecord, on_delete=models.PROTECT, related_name="books")
    currencies = models.TextField()
    public = models.BooleanField(default=False)
    size = models.BigIntegerField(default=0)
    peaks = models.BinaryField(default=b"")
    newest = models.ForeignKey(
        "SealRecord", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    digest = models.BinaryField(max_length=LONGEST_HASH, null=True)

    objects: ClassVar[VisibleBooks[Self]] = VisibleBooks()

    class Meta:
        db_table = "books"
        constraints = (
            CheckConstraint(
                condition=Q(size=0, newest__isnull=True)
                | Q(size__gt=0, newest__isnull=False, newest=F("id") * PLACES + F("size") - 1),
                name="books_newest_is_the_last",
            ),
        )

    def __str__(self) -> str:
        return f"the books of {self.programme_id}"


class SpotRecord(models.Model):
    """One account of one contribution, and what lies there now. `changed_by` is the last entry that moved it."""

    books = models.ForeignKey(BooksRecord, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.CharField(max_length=LONGEST_ACCOUNT)
    contribution = models.CharField(max_length=LONGEST_REF)
    currency = models.CharField(max_length=3)
    line = models.CharField(max_length=LONGEST_REF)
    lot = models.CharField(max_length=LONGEST_REF)
    balance = models.BigIntegerField(default=0)
    changed_by = models.BigIntegerField(default=-1)

    class Meta:
        db_table = "books_spot"
        constraints = (
            UniqueConstraint(
                fields=("books", "contribution", "account", "currency", "line", "lot"), name="books_spot_once"
            ),
            one_of("account", ACCOUNTS, name="books_spot_account"),
            CheckConstraint(condition=is_a_code("currency") & ~Q(contribution=""), name="books_spot_whose"),
            CheckConstraint(
                condition=(Q(account__in=["allocated", "ordered"]) & ~Q(line="") & Q(lot=""))
                | (Q(account__in=["delivered", "accepted"]) & ~Q(line="") & ~Q(lot=""))
                | Q(account__in=["written_off", "programme_expense"])
                | (Q(account__in=["supplier_advance", "supplier_payable"]) & Q(lot=""))
                | (
                    ~Q(account__in=["allocated", "ordered", "delivered", "accepted", "written_off"])
                    & ~Q(account__in=["programme_expense", "supplier_advance", "supplier_payable"])
                    & Q(line="", lot="")
                ),
                name="books_spot_line_and_lot",
            ),
            CheckConstraint(
                condition=Q(balance__gt=-LARGEST_MINOR, balance__lt=LARGEST_MINOR), name="books_spot_range"
            ),
        )
        indexes = (
            models.Index(fields=("books", "line"), name="books_spot_line"),
            models.Index(fields=("books", "lot"), name="books_spot_lot"),
        )

    def __str__(self) -> str:
        return f"{self.contribution} {self.account} {self.currency}"


class BinRecord(models.Model):
    """One place where units of a line lie, and how many lie there now."""

    books = models.ForeignKey(BooksRecord, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(max_length=LONGEST_ACCOUNT)
    line = models.CharField(max_length=LONGEST_REF)
    currency = models.CharField(max_length=3)
    lot = models.CharField(max_length=LONGEST_REF)
    units = models.BigIntegerField(default=0)
    changed_by = models.BigIntegerField(default=-1)

    class Meta:
        db_table = "books_bin"
        constraints = (
            UniqueConstraint(fields=("books", "line", "place", "currency", "lot"), name="books_bin_once"),
            one_of("place", ACCOUNTS, name="books_bin_place"),
        )

    def __str__(self) -> str:
        return f"{self.line} {self.place} {self.lot}"


class SealRecord(models.Model):
    """What closes an entry: from here on nothing can be added to it. `root` is that of the tree up to here."""

    id = models.BigIntegerField(primary_key=True)
    leaf = models.BinaryField(max_length=LONGEST_HASH)
    root = models.BinaryField(max_length=LONGEST_HASH)

    class Meta:
        db_table = "books_seal"

    def __str__(self) -> str:
        return f"seal {self.pk}"


class EntryRecord(models.Model):
    """One entry: its key, its two dates, and the event as it was submitted.

    `key` is the idempotency key: with the same `body` again it gives the first answer, with another body
    it is refused.
    """

    seal = models.OneToOneField(
        SealRecord, on_delete=models.PROTECT, primary_key=True, db_column="id", related_name="entry"
    )
    books = models.ForeignKey(BooksRecord, on_delete=models.PROTECT, related_name="entries", db_index=False)
    position = models.BigIntegerField()
    key = models.CharField(max_length=LONGEST_REF)
    kind = models.CharField(max_length=40)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    body = models.TextField()
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back_by"
    )

    class Meta:
        db_table = "books_entry"
        constraints = (
            UniqueConstraint(fields=("books", "key"), name="books_entry_key"),
            CheckConstraint(
                condition=Q(seal=F("books") * PLACES + F("position"), position__gte=0),
                name="books_entry_number",
            ),
        )
        indexes = (models.Index(fields=("books", "recorded_at", "seal"), name="books_entry_by_time"),)

    def __str__(self) -> str:
        return self.key


class PostingRecord(models.Model):
    """A part of an entry: what went up or down. `effective_on` is the entry's, for fast sums by day."""

    pk = models.CompositePrimaryKey("entry_id", "number")
    entry = models.ForeignKey(EntryRecord, on_delete=models.PROTECT, related_name="postings", db_index=False)
    number = models.IntegerField()
    spot = models.ForeignKey(SpotRecord, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    effective_on = models.DateField()

    class Meta:
        db_table = "books_posting"
        constraints = (
            CheckConstraint(
                condition=Q(amount__gt=-LARGEST_MINOR, amount__lt=LARGEST_MINOR) & ~Q(amount=0),
                name="books_posting_amount",
            ),
        )
        indexes = (
            models.Index(fields=("spot", "effective_on", "entry", "amount"), name="books_posting_by_spot"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} {self.number}"


class GoodsRecord(models.Model):
    """Units that move with an entry."""

    pk = models.CompositePrimaryKey("entry_id", "number")
    entry = models.ForeignKey(EntryRecord, on_delete=models.PROTECT, related_name="goods", db_index=False)
    number = models.IntegerField()
    bin = models.ForeignKey(BinRecord, on_delete=models.PROTECT, related_name="+")
    units = models.BigIntegerField()

    class Meta:
        db_table = "books_goods"

    def __str__(self) -> str:
        return f"{self.entry_id} {self.number}"


class TermRecord(models.Model):
    """Something that was agreed with an entry and holds until a later one says otherwise."""

    pk = models.CompositePrimaryKey("entry_id", "number")
    entry = models.ForeignKey(EntryRecord, on_delete=models.PROTECT, related_name="terms", db_index=False)
    number = models.IntegerField()
    name = models.CharField(max_length=40)
    about = models.CharField(max_length=LONGEST_REF)
    beside = models.CharField(max_length=LONGEST_REF)
    value = models.TextField()

    class Meta:
        db_table = "books_term"
        indexes = (models.Index(fields=("about", "name"), name="books_term_about"),)

    def __str__(self) -> str:
        return f"{self.name} {self.about}"


class PrivateRecord(models.Model):
    """A free text beside an entry. It may be erased, and then only its hash stays: nothing else may change."""

    pk = models.CompositePrimaryKey("entry_id", "name")
    entry = models.ForeignKey(EntryRecord, on_delete=models.PROTECT, related_name="private", db_index=False)
    name = models.CharField(max_length=40)
    commitment = models.CharField(max_length=64)
    text = models.TextField(null=True)
    salt = models.TextField(null=True)

    class Meta:
        db_table = "books_private"
        constraints = (
            CheckConstraint(
                condition=Q(text__isnull=True, salt__isnull=True) | Q(text__isnull=False, salt__isnull=False),
                name="books_private_text_and_salt",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} {self.name}"


class CheckpointRecord(models.Model):
    """A checkpoint that was given away: the note, and how many entries it vouches for.

    Numbered like entries: the first one of books `b` is `b * PLACES`, the next one more.
    `digest` is the hash of the other columns, so that a slip in the note is not taken for one in the books.
    """

    id = models.BigIntegerField(primary_key=True)
    books = models.ForeignKey(BooksRecord, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.BigIntegerField()
    made_at = models.DateTimeField()
    note = models.TextField()
    digest = models.BinaryField(max_length=LONGEST_HASH)

    class Meta:
        db_table = "books_checkpoint"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"checkpoint of {self.size} entries"


class TotalRecord(models.Model):
    """What the entries of a stretch of the log add up to, for one spot and one month, by its first day.

    A stretch begins where the one before ended and ends with entry number `until`, the newest one when a
    checkpoint was made. Such a sum never changes, however far back a later entry is dated.
    """

    pk = models.CompositePrimaryKey("until", "spot_id", "effective_on")
    until = models.BigIntegerField()
    spot = models.ForeignKey(SpotRecord, on_delete=models.PROTECT, related_name="+", db_index=False)
    effective_on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "books_total"

    def __str__(self) -> str:
        return f"{self.spot_id} {self.effective_on}"

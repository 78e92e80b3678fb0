"""One table for each noun of the public record, those of the books, and those that the site needs."""

from pledgeline.records.models.announcements import AnnouncementRecord
from pledgeline.records.models.bank import BankEntry, BankStatement
from pledgeline.records.models.books import (
    BinRecord,
    BooksRecord,
    CheckpointRecord,
    EntryRecord,
    GoodsRecord,
    PostingRecord,
    PrivateRecord,
    SealRecord,
    SpotRecord,
    TermRecord,
    TotalRecord,
)
from pledgeline.records.models.chain import ChainRow, PartRow, StepTaken
from pledgeline.records.models.claims import (
    ClaimDecision,
    ClaimLink,
    ClaimRecord,
    ClaimState,
    ClaimUse,
    Verdict,
)
from pledgeline.records.models.contributions import ContributionRecord
from pledgeline.records.models.deliveries import DeliveryRecord
from pledgeline.records.models.discrepancies import DiscrepancyRecord
from pledgeline.records.models.documents import CandidateRecord, DocumentRecord, OriginalRecord
from pledgeline.records.models.formed import FormedPackage, LineMove, PackageLine, PlannedFrom
from pledgeline.records.models.held import Decision, HeldAct
from pledgeline.records.models.instruments import InstrumentVersion
from pledgeline.records.models.items import ItemRecord
from pledgeline.records.models.load_notes import LoadNote
from pledgeline.records.models.mappings import WorkbookMapping
from pledgeline.records.models.offers import OfferRecord
from pledgeline.records.models.orders import OrderLineRecord, OrderRecord
from pledgeline.records.models.packages import PackageRecord
from pledgeline.records.models.parties import PartyName, PartyRecord
from pledgeline.records.models.photos import ReceiptPhoto
from pledgeline.records.models.plans import (
    Origin,
    PlanInput,
    PlanRun,
    RunKind,
    SavedPlan,
)
from pledgeline.records.models.pointers import ContributionPointer
from pledgeline.records.models.programmes import ProgrammeRecord
from pledgeline.records.models.publications import PublicationNote, Subject
from pledgeline.records.models.rates import RateRecord
from pledgeline.records.models.receipts import CountedLotRecord, ReceiptRecord
from pledgeline.records.models.requirements import RequirementRecord
from pledgeline.records.models.rows import Row
from pledgeline.records.models.scenarios import ScenarioVersion
from pledgeline.records.models.shipments import ShipmentRecord, ShippedLotRecord
from pledgeline.records.models.sources import SourceRecord
from pledgeline.records.models.stated_totals import StatedTotalRecord
from pledgeline.records.models.webhooks import Webhook, WebhookAttempt, WebhookDelivery

KINDS: dict[str, type[Row]] = {
    "announcements": AnnouncementRecord,
    "packages": PackageRecord,
    "deliveries": DeliveryRecord,
    "stated_totals": StatedTotalRecord,
    "items": ItemRecord,
    "sources": SourceRecord,
    "rates": RateRecord,
}
"""The table of each kind of row, by its name in `PublicRecord`."""

__all__ = [
    "KINDS",
    "AnnouncementRecord",
    "BankEntry",
    "BankStatement",
    "BinRecord",
    "BooksRecord",
    "CandidateRecord",
    "ChainRow",
    "CheckpointRecord",
    "ClaimDecision",
    "ClaimLink",
    "ClaimRecord",
    "ClaimState",
    "ClaimUse",
    "ContributionPointer",
    "ContributionRecord",
    "CountedLotRecord",
    "Decision",
    "DeliveryRecord",
    "DiscrepancyRecord",
    "DocumentRecord",
    "EntryRecord",
    "FormedPackage",
    "GoodsRecord",
    "HeldAct",
    "InstrumentVersion",
    "ItemRecord",
    "LineMove",
    "LoadNote",
    "OfferRecord",
    "OrderLineRecord",
    "OrderRecord",
    "Origin",
    "OriginalRecord",
    "PackageLine",
    "PackageRecord",
    "PartRow",
    "PartyName",
    "PartyRecord",
    "PlanInput",
    "PlanRun",
    "PlannedFrom",
    "PostingRecord",
    "PrivateRecord",
    "ProgrammeRecord",
    "PublicationNote",
    "RateRecord",
    "ReceiptPhoto",
    "ReceiptRecord",
    "RequirementRecord",
    "Row",
    "RunKind",
    "SavedPlan",
    "ScenarioVersion",
    "SealRecord",
    "ShipmentRecord",
    "ShippedLotRecord",
    "SourceRecord",
    "SpotRecord",
    "StatedTotalRecord",
    "StepTaken",
    "Subject",
    "TermRecord",
    "TotalRecord",
    "Verdict",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "WorkbookMapping",
]

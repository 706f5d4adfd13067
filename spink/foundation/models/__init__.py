from spink.foundation.models.audit_entry import AuditEntry
from spink.foundation.models.handed_in import CHECKED_AT, FileStates, HandedInFile
from spink.foundation.models.job_run import JobRun
from spink.foundation.models.outbox_event import OutboxEvent

__all__ = ["CHECKED_AT", "AuditEntry", "FileStates", "HandedInFile", "JobRun", "OutboxEvent"]

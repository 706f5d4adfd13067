from spink.foundation.models.audit_entry import AuditEntry
from spink.foundation.models.job_run import JobRun
from spink.foundation.models.outbox_event import OutboxEvent

__all__ = ["AuditEntry", "JobRun", "OutboxEvent"]

"""What a token may be good for: one resource and one kind of doing each."""

from enum import StrEnum


class ApiScope(StrEnum):
    CATALOGUE_READ = "catalogue:read"
    REQUESTS_READ = "placement-requests:read"
    REQUESTS_WRITE = "placement-requests:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"
    REGISTER_READ = "register:read"
    PREVIEWS_WRITE = "match-previews:write"
    STATISTICS_READ = "statistics:read"

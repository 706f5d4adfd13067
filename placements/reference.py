from django.urls import register_converter


class ReferenceConverter:
    """A request's reference number in an address, as 2026-01243: nothing of the person."""

    regex = r"[0-9]{4}-[0-9]{5,7}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "reference")

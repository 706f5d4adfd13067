"""Documents on a request: the same checks, limits and states as on its page."""

from typing import Any, ClassVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from placements import actions, policies, queries
from placements.api.shared import PartsView, checked, read_one, refusals
from placements.domain.lifecycle import Side
from placements.models import Attachment, PlacementRequest
from spink.accounts.api.views import ApiView
from spink.accounts.domain.api_scopes import ApiScope
from spink.foundation.files.cleaning import Refusal
from spink.foundation.files.kinds import Kind
from spink.foundation.files.scanning import scanner
from spink.foundation.files.states import Document, FileState
from spink.web.api.describing import Told
from spink.web.api.parameters import check_known, only, wanted_fields
from spink.web.api.problems import ApiProblem, Problem
from spink.web.api.strict import StrictSerializer
from spink.web.files.field import DocumentField
from spink.web.files.given_out import given_out

WITHDRAWN = "withdrawn"
STATES = [*(state.value for state in FileState), WITHDRAWN]
REFUSALS = ["", *(refusal.value for refusal in Refusal)]
AN_ID = "6f1c2b1e-6a0e-4a53-9b6e-0d0f5a3f7c11"
NO_SCANNER = {"Retry-After": "3600"}


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    example: ClassVar[dict[str, Any]] = {
        "id": AN_ID,
        "href": f"/api/v1/placement-requests/2024-00042/attachments/{AN_ID}",
        "content_href": None,
        "name": "Utredning.pdf",
        "media_type": "application/pdf",
        "size": 48211,
        "side": "filing",
        "state": "checking",
        "refusal": "",
        "added_at": "2025-03-03T08:00:00Z",
        "checked_at": None,
        "withdrawn_at": None,
        "withdrawal_reason": "",
    }

    href = serializers.SerializerMethodField()
    content_href = serializers.SerializerMethodField()
    media_type = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    refusal = serializers.ChoiceField(choices=REFUSALS)

    class Meta:
        model = Attachment
        fields = (
            "id",
            "href",
            "content_href",
            "name",
            "media_type",
            "size",
            "side",
            "state",
            "refusal",
            "added_at",
            "checked_at",
            "withdrawn_at",
            "withdrawal_reason",
        )

    def get_href(self, attachment: Attachment) -> str:
        return f"/api/v1/placement-requests/{self.context['reference']}/attachments/{attachment.pk}"

    def get_content_href(self, attachment: Attachment) -> str | None:
        """None as long as nobody gets it."""
        return f"{self.get_href(attachment)}/content" if attachment.may_be_opened else None

    def get_media_type(self, attachment: Attachment) -> str:
        return Kind.by_ending(attachment.ending).content_type

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, attachment: Attachment) -> str:
        return WITHDRAWN if attachment.withdrawn_at is not None else attachment.state


class NewAttachmentSerializer(StrictSerializer):
    example: ClassVar[dict[str, Any]] = {"document": "(the file)"}

    document = serializers.FileField()

    def validate_document(self, given: Any) -> Document:
        try:
            return cast(Document, DocumentField(label="").clean(given))
        except ValidationError as wrong:
            raise serializers.ValidationError(wrong.messages) from wrong


class TakenBackSerializer(StrictSerializer):
    example: ClassVar[dict[str, Any]] = {"reason": "Fel dokument"}

    reason = serializers.CharField(max_length=300)


class AttachmentsView(PartsView):
    scopes: ClassVar[dict[str, ApiScope]] = {
        "GET": ApiScope.REQUESTS_READ,
        "POST": ApiScope.REQUESTS_WRITE,
    }
    parser_classes = (MultiPartParser,)
    serializer_class = AttachmentSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_attachments",
            gettext_lazy("The documents of a request"),
            gettext_lazy("In the order in which they came; refused and withdrawn ones too."),
        ),
        "POST": Told(
            "add_attachment",
            gettext_lazy("Add a document"),
            gettext_lazy(
                "PDF, Word, OpenDocument, JPEG, PNG or text. It is looked through for what is"
                " malicious and stripped of what it tells of its maker, and can be fetched when"
                " its state is clean."
            ),
            takes=NewAttachmentSerializer,
            status=201,
            problems=(Problem.STATE_CONFLICT,),
        ),
    }

    def parts(self, found: PlacementRequest) -> list[Any]:
        return queries.attachments_of(found)

    def post(self, request: Request, reference: str) -> Response:
        found = read_one(reference, self.caller)
        policies.check_can_act_for_filer(found, self.caller.reach)
        if scanner() is None:
            raise ApiProblem(Problem.UNAVAILABLE, _("No scanner is named."), headers=NO_SCANNER)
        body = checked(NewAttachmentSerializer, request)
        with refusals():
            attachment = actions.add_attachment(
                request_id=found.pk,
                document=body["document"],
                side=Side.FILING,
                by=self.caller.actor,
            )
        told = _told(attachment, found)
        return Response(told, status=201, headers={"Location": told["href"]})


class AttachmentView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"GET": ApiScope.REQUESTS_READ}
    concerns_people = True
    serializer_class = AttachmentSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("read_attachment", gettext_lazy("A document, and how its check goes"))
    }

    def get(self, request: Request, reference: str, attachment_id: UUID) -> Response:
        found = read_one(reference, self.caller)
        told = _told(_of(found, attachment_id), found)
        return Response(only(told, wanted_fields(request.query_params, told)))


class AnyKind(JSONRenderer):
    """Whatever is accepted: the document comes as what it is, and a problem as JSON."""

    media_type = "*/*"


class AttachmentContentView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"GET": ApiScope.REQUESTS_READ}
    renderer_classes = (AnyKind,)
    concerns_people = True
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "read_attachment_content",
            gettext_lazy("The document itself"),
            gettext_lazy("Only of one that was found clean and has not been withdrawn."),
            media_types=tuple(kind.content_type for kind in Kind),
        )
    }

    def get(self, request: Request, reference: str, attachment_id: UUID) -> HttpResponse:
        check_known(request.query_params, ())
        attachment = _of(read_one(reference, self.caller), attachment_id)
        if not attachment.may_be_opened:
            raise Http404
        return given_out(attachment)


class AttachmentWithdrawalView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"POST": ApiScope.REQUESTS_WRITE}
    concerns_people = True
    told: ClassVar[dict[str, Told]] = {
        "POST": Told(
            "withdraw_attachment",
            gettext_lazy("Withdraw a document that your side has added"),
            gettext_lazy(
                "Nobody can fetch it any more. Both sides read the reason: name nobody in it."
            ),
            takes=TakenBackSerializer,
            answers=AttachmentSerializer,
            problems=(Problem.NOT_ALLOWED, Problem.STATE_CONFLICT),
        )
    }

    def post(self, request: Request, reference: str, attachment_id: UUID) -> Response:
        found = read_one(reference, self.caller)
        policies.check_can_take_back(_of(found, attachment_id), found, self.caller.reach)
        body = checked(TakenBackSerializer, request)
        with refusals():
            withdrawn = actions.withdraw_attachment(
                request_id=found.pk,
                attachment_id=attachment_id,
                reason=body["reason"],
                by=self.caller.actor,
            )
        return Response(_told(withdrawn, found))


def _of(found: PlacementRequest, attachment_id: UUID) -> Attachment:
    """404 for a document of another request, as for one that does not exist."""
    for one in queries.attachments_of(found):
        if one.pk == attachment_id:
            return one
    raise Http404


def _told(attachment: Attachment, found: PlacementRequest) -> dict[str, Any]:
    told = AttachmentSerializer(attachment, context={"reference": found.reference}).data
    return dict(told)

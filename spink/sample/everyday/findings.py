"""What sources have said of providers lately, and what quality and control have made of it."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from providers.actions.control.answers import keep_answers
from providers.actions.control.findings import (
    assign_finding,
    dismiss_finding,
    note_finding,
    send_to_review,
    watch_finding,
)
from providers.domain.control.facts import Answer, Fact, Happening, Problem, Severity
from providers.models import Finding, MonitoringSource, Permit, Provider
from providers.queries.control.sources import in_scope
from spink.foundation import clock
from spink.sample.everyday.keeping import KEEPER
from spink.sample.everyday.stage import Stage

COMPANIES, PERMITS, DEBTS, MEDIA = "bolagsverket", "ivo", "kronofogden", "medier"
NAMES = {
    COMPANIES: "Bolagsverket",
    PERMITS: "IVO:s tillståndslista",
    DEBTS: "Kronofogdens utdrag",
    MEDIA: "Nyhetsflöden",
}
PERMIT = "IVO-2021-{:04}"
WELL: dict[str, Answer] = {
    COMPANIES: Answer(
        {
            Fact.REGISTERED: True,
            Fact.DEREGISTERED: "",
            Fact.PROCEDURES: (),
            Fact.ACTIVE: True,
        }
    ),
    DEBTS: Answer({Fact.DEBTS: 0}),
    MEDIA: Answer(),
}


def findings(stage: Stage) -> None:
    """Sources have been well for weeks; then something is said of some, and one goes silent."""
    found = list(in_scope(stage.now.date(), everyone=False).order_by("code")[:8])
    if len(found) < len(WELL) + 5:
        return
    for code, answer in WELL.items():
        _said(stage, 40, code, dict.fromkeys((one.pk for one in found), answer))
    known = Permit.objects.filter(unit__provider__in=found).exclude(number="")
    numbers = dict(known.order_by("-pk").values_list("unit__provider", "number"))
    permits = {one.pk: (numbers.get(one.pk, PERMIT.format(at)),) for at, one in enumerate(found)}
    _said(stage, 40, PERMITS, {pk: Answer({Fact.PERMITS: held}) for pk, held in permits.items()})
    _say_what_is_new(stage, found)
    _judge(stage, found)


def _say_what_is_new(stage: Stage, found: list[Provider]) -> None:
    _said(stage, 20, DEBTS, {found[0].pk: Answer({Fact.DEBTS: 4_300})})
    _said(stage, 12, COMPANIES, {found[1].pk: Answer({Fact.ACTIVE: False})})
    _said(stage, 9, MEDIA, {found[2].pk: _article(found[2])})
    _said(stage, 6, DEBTS, {found[3].pk: Answer({Fact.DEBTS: 148_000})})
    _said(stage, 3, PERMITS, {found[4].pk: Answer({Fact.PERMITS: ()})})
    _said(stage, 1, COMPANIES, {found[5].pk: Answer({Fact.PROCEDURES: ("FR",)})})
    silent = {one.pk: Problem.MISSING for one in found}
    _said(stage, 1, PERMITS, {}, silent)


def _article(provider: Provider) -> Answer:
    title = f"Tidigare anställda kritiserar {provider.name}"
    link = "https://nyheter.example/kritik"
    return Answer(happenings=(Happening(Fact.ARTICLE, link, title, link),))


def _judge(stage: Stage, found: list[Provider]) -> None:
    keeper = stage.user(KEEPER)
    told = Finding.objects.filter(found_at__gt=stage.workday(45, 0))
    own = {one.provider_id: one.pk for one in told}
    with clock.frozen(stage.workday(19, 10)):
        dismiss_finding(
            finding_id=own[found[0].pk],
            reason_code="remedied",
            text="Betalt enligt kvitto som utföraren har skickat.",
            by=keeper.actor,
        )
    with clock.frozen(stage.workday(8, 9, 30)):
        watch_finding(
            finding_id=own[found[2].pk],
            until=stage.now.date() + timedelta(days=21),
            text="Utföraren har ombetts att kommentera.",
            by=keeper.actor,
        )
    with clock.frozen(stage.workday(5, 14)):
        assign_finding(finding_id=own[found[3].pk], to_id=keeper.pk, by=keeper.actor)
    with clock.frozen(stage.workday(2, 11)):
        noted, _ = note_finding(
            provider_id=found[4].pk,
            severity=Severity.SERIOUS,
            title="Tips om att föreståndaren har slutat",
            link="",
            day=None,
            by=keeper.actor,
        )
        send_to_review(finding_id=noted.pk, text="Hör ihop med tillståndet.", by=keeper.actor)


def _said(
    stage: Stage,
    days_ago: int,
    code: str,
    answered: Mapping[int, Answer],
    failed: Mapping[int, Problem] | None = None,
) -> None:
    source, _ = MonitoringSource.objects.get_or_create(code=code, defaults={"name": NAMES[code]})
    with clock.frozen(stage.workday(days_ago, 6, 10)), transaction.atomic():
        keep_answers(source=source, answered=answered, failed=failed or {})

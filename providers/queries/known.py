"""What a register file may name because the catalogue or the register has it."""

from providers.domain.exchange import Known
from providers.domain.exchange.entries import Agreement as AgreementEntry
from providers.domain.exchange.entries import Lot
from providers.models import Agreement, CareUnit, CorporateGroup, Provider, Stop
from spink.catalogue import queries as catalogue


def known_to_the_register() -> Known:
    return Known(
        subtypes=catalogue.subtype_codes(),
        needs=catalogue.need_codes(),
        groups=_codes(CorporateGroup),
        providers=_codes(Provider),
        units=_codes(CareUnit),
        agreements=_agreements(),
        stops=frozenset(Stop.objects.values_list("reference", flat=True)),
        numbers=dict(
            Provider.objects.exclude(organisation_number="").values_list(
                "organisation_number", "code"
            )
        ),
    )


def _codes(model: type[CorporateGroup | Provider | CareUnit]) -> frozenset[str]:
    return frozenset(model._default_manager.values_list("code", flat=True))


def _agreements() -> dict[str, AgreementEntry]:
    return {
        agreement.code: AgreementEntry(
            code=agreement.code,
            provision_form=agreement.provision_form,
            parties=tuple(agreement.parties),
            period=(agreement.valid_from, agreement.valid_to),
            lots={
                lot.code: Lot(lot.code, lot.service_type_id, tuple(lot.subtypes))
                for lot in agreement.lots.all()
            },
        )
        for agreement in Agreement.objects.prefetch_related("lots")
    }

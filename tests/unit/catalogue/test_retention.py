from hypothesis import given
from hypothesis import strategies as st

from spink.catalogue.domain.retention import Disposal, Term

TERMS = st.one_of(
    st.builds(Term, st.just(Disposal.YEARS), st.integers(1, 200)),
    st.builds(Term, st.sampled_from([Disposal.WITH_REQUEST, Disposal.NEVER])),
)


@given(TERMS)
def test_term_is_at_least_itself_and_never_is_at_least_everything(term: Term) -> None:
    assert term.is_at_least(term)
    assert Term(Disposal.NEVER).is_at_least(term)


@given(TERMS)
def test_nothing_but_never_is_at_least_never(term: Term) -> None:
    assert term.is_at_least(Term(Disposal.NEVER)) == (term.disposal is Disposal.NEVER)


@given(st.integers(1, 200), st.integers(1, 200))
def test_years_are_at_least_as_many_as_the_least(years: int, least: int) -> None:
    chosen = Term(Disposal.YEARS, years)
    assert chosen.is_at_least(Term(Disposal.YEARS, least)) == (years >= least)


@given(st.integers(1, 200))
def test_years_and_a_request_are_not_compared(years: int) -> None:
    counted, with_request = Term(Disposal.YEARS, years), Term(Disposal.WITH_REQUEST)
    assert not counted.is_at_least(with_request)
    assert not with_request.is_at_least(counted)

from datetime import date

import pytest

from raufoss_assistant.norwegian.dates import MONTHS, long_date


@pytest.mark.parametrize(
    ("language", "written"), [("nb", "6. februar 2024"), ("nn", "6. februar 2024"), ("en", "6 February 2024")]
)
def test_long_date(language, written):
    assert long_date(date(2024, 2, 6), language) == written


def test_every_month_has_its_own_name():
    assert long_date(date(2026, 12, 31)) == "31. desember 2026"
    assert {long_date(date(2026, month, 1)).split()[1] for month in range(1, 13)} == set(MONTHS)
    assert len({long_date(date(2026, month, 1), "en") for month in range(1, 13)}) == 12

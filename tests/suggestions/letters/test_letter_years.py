"""Letters of random years: clean ones raise nothing, false ones are found, copied passages told and no others.

``python -m tests.support.letter_years`` does the same with hundreds of them.
"""

from __future__ import annotations

import random

import pytest

from tests.support import letter_years
from tests.support.letter_years import MUTATIONS, find_misses, make_dataset, write_letters


@pytest.mark.parametrize("seed", [0, 4])
def test_a_false_letter_is_found_at_its_place_and_a_clean_one_raises_nothing(seed: int) -> None:
    dataset = make_dataset(seed, items=7)
    letters = write_letters(dataset, seed)
    assert len(letters) > 3
    assert list(find_misses(dataset, letters, list(MUTATIONS), seed)) == []


def test_copied_passages_are_found_and_no_others() -> None:
    dataset, letters = letter_years.make_many(40)
    pairs = letter_years.plant_copies(letters, random.Random(5), planted=6)
    assert letter_years.find_copies(dataset, letters) == pairs

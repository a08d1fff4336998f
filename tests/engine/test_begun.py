"""A half whose other half is known to stand elsewhere is not joined to what follows it."""

from __future__ import annotations

import time

import pytest
from structure_helpers import lines, proposed, repaired

from cleaner.engine.repairs.begun import Openings
from cleaner.engine.repairs.reflow import cut_paragraphs

WHOLE = "农村道路面貌一新。县里继续推进农村人居环境整治提升行动，清理河道二十条，村容村貌焕然一新。"
HALF, REST = WHOLE[:22], WHOLE[22:]
NEXT = "理顺财税关系。县里推进预算管理一体化，压减一般性支出，把钱用在群众看得见的地方。"


def joined(*blocks):
    return repaired(cut_paragraphs, lines(*blocks), least=45, belief=0.5, strict=2)


@pytest.mark.parametrize("half", [HALF, HALF.replace("人居", "入居"), HALF.replace("继续", "继")])
def test_half_a_copy_is_not_joined_and_not_proposed(half):
    for blocks in ((WHOLE, half, NEXT), (half, NEXT, WHOLE), (half, WHOLE)):
        assert proposed(cut_paragraphs, lines(*blocks), least=45, belief=0.5, strict=2) == []


def test_a_half_without_its_whole_is_joined():
    assert joined(NEXT, HALF, REST) == lines(NEXT, WHOLE)


def test_a_copy_that_the_page_end_cut_is_joined_again():
    assert joined(WHOLE, NEXT, HALF, REST) == lines(WHOLE, NEXT, WHOLE)


@pytest.mark.parametrize("broken_off", [22, 30])
def test_a_sentence_that_is_begun_again_is_no_rest(broken_off):
    half = WHOLE[:broken_off]
    assert joined(half, HALF, REST) == lines(half, WHOLE)
    misread = half.replace("人居", "入居")
    assert joined(misread, HALF, REST) == lines(misread, WHOLE)


def test_paragraphs_that_begin_alike_are_two():
    texts = [HALF, REST, HALF[:9] + "城乡交通一体化稳步推进，新建公路二十公里，群众出行方便。"]
    assert not Openings(texts, [0]).goes_on_elsewhere(0)


def test_a_short_line_tells_nothing():
    assert not Openings([WHOLE[:12], NEXT, WHOLE], [0]).goes_on_elsewhere(0)


def test_many_blocks_that_begin_alike_are_quick():
    texts = [text for n in range(20_000) for text in (f"{HALF}{n}号", NEXT)]
    openings = Openings(texts, range(len(texts)))
    begun = time.process_time()
    assert not any(openings.goes_on_elsewhere(i) for i in range(0, len(texts), 2))
    assert time.process_time() - begun < 4

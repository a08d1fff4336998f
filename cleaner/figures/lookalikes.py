"""Words with numeral characters in them that are no numbers: a named list, so that silence has a reason.

Each word is listed whole (进一步), and a numeral inside its span is the word's, not a figure. A word is found by the
numeral and its neighbour, so the length of the list costs nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict

from cleaner.figures.numerals import START

_WORDS = {
    "word": """
一般 一定 一些 一起 一直 一样 一致 一切 一同 一道 一旦 一度 一律 一贯 一再 一向 一味
一举 一线 一流 一体 一致性 一批 一大批 一系列 一揽子 一把手 一次性 一站式 一条龙 一体化
一张网 一刻 一方面 一部分 一代 一新 一手 一经 一应 一如既往 一心 一行 一面 一边 一头
一端 一路 一带 一盘棋 一抓到底 一竿子 一张蓝图 一以贯之 进一步 单一 统一 唯一 专一 之一
万一 同一 其一 合一 归一 任一 逐一 有一 另一 又一 新一 新一轮 这一 那一 某一 每一 下一
上一 前一 后一 最后一 一个有机 一个整体 一个重要 一切从 不一 划一 如一 始终如一 合二为一
三合一 多规合一 多证合一 一户一 一点 一 零售 零距离 零容忍 零部件 零工 零担 批零 清零
归零 零星 零散 零门槛 零基 零跑腿 零碳 零增长 零发生 凌零 零就业 零干扰 零延迟 千方百计
百姓 老百姓 百年 百货 百花 百家 千家 千秋 千里 千万 百业 百科 百货店 百强 百岁 百色
百度 百倍 十足 十字 红十字 红十字会 十全 九州 九龙 八方 八角 八达 八仙
八大处 七夕 七一 八一 五一 十一黄金周 五四 三八 六一 五金 五官 五保 五险一金 五星 五谷
五彩 五湖四海 五星级 五爱 五湖 四川 四周 四邻 四海 四方 四通八达 四面八方
四新 四化 四肢 三农 三峡 三江 三亚 三明 三门峡 三北 三维 三角 长三角 珠三角 泛珠三角
三角洲 三晋 三秦 三湘 三甲 三甲医院 三沙 三伏 三九 再三 三七 三产 二产 一产 三产融合
一二三产 一二三产业 二手 二手房 二氧化碳 二氧化硫 二维 二维码 二次 二元 二噁英 一氧化碳
三氧化 二连浩特 二三产业 一二产业 两岸 两侧 两旁 两端 两翼 两边 两手 两会 两型 两面 两地
两校 两头 两优 两癌 两新 两重 两高 两化 两江 两湖 两广 两淮 两用 两难 两不误 两制 两法
两国 两军 两党 两弹 万安 万达 万科 万华 万荣 万源 万州 万宁 万象 万物 万能 万古 万里
万向 万亩 万元 万事 万余 万全 万分 万般 万盛 万年 万载 万户 亿万 千百 百千
千千万万 百余 千余
""",
    "idiom": """
万众一心 万众创新 众志成城 千家万户 千头万绪 千军万马 千言万语 千山万水 千辛万苦 千秋万代
千难万险 千丝万缕 千变万化 千载难逢 千锤百炼 万水千山 万紫千红 万象更新 万古长青 万无一失
万家灯火 万马奔腾 一心一意 一步一个脚印 一马当先 一鼓作气 一往无前 一丝不苟 一言一行 一视同仁
一朝一夕 一分耕耘 一分收获 一诺千金 一脉相承 一蹴而就 一劳永逸 一如既往 一点一滴
一锤接着一锤敲 一张蓝图绘到底 一茬接着一茬干 一任接着一任干 一年接着一年干 一目了然 一枝独秀
一应俱全 一日千里 一气呵成 一席之地 一山一水 一草一木 一砖一瓦 一针一线 一砖一石 一枝一叶
一木一石 一石二鸟 一举多得 一举两得 最后一公里 最先一公里 最后一米 最后一百米 第一公里
步调一致 干群一心 上下一心 团结一心 一方水土 九牛一毛 百尺竿头 百花齐放 百家争鸣 百折不挠
百废待兴 百舸争流 百炼成钢 百年大计 百年未有 百年变局 百年奋斗 百年不遇 百里挑一 百业兴旺
三心二意 三令五申 三思而行 三五成群 三位一体 三足鼎立 四平八稳 四海为家 五光十色 五谷丰登
五花八门 六神无主 七上八下 八仙过海 十年树木 九霄 九曲 只争朝夕 独一无二 两全其美 两袖清风
表里如一 言行一致 始终如一 合二为一 心无二用 数一数二 不二 三百六十行 二十国集团 举一反三 万变不离其宗 千钧一发
千篇一律 以一当十 一分部署 九分落实 一刻不停 一刻也不 一分一秒 一点一点 一项一项 一件一件
一步一步 一天一天 万里长征 十年如一日 十年寒窗 一带一路 一国两制 十里八乡 三山五岳 一花独放
七十二行
""",
    "name": """
新华三 长三角 珠三角 三一重工 三峡 三门峡 三亚 三明 三江源 三江 三星 三菱 三安 三元 三沙
三湾 三河 三原 三水 三都 二连浩特 五台山 五大连池 五指山 五莲 五常 五粮液 五矿 六盘水
六安 六合 七台河 七里河 八达岭 八宝山 八公山 九江 九寨沟 九华山 九龙坡 九龙江 九曲河 十堰
十里河 十渡 百色 百度 千岛湖 千山 千阳 万宁 万州 万盛 万安 万荣 万载 万年县 万泉河 一汽
一拖 一重 二重 二汽 二七 四川 四平 四子王 四明山 双一流 三北 三秦 三晋 三湘 十三陵
十万大山 零陵 百丽 百胜 万达 万科 万华 万国 亿纬 亿联 千金 千禧 零跑 两江新区 两河口
三农 三产 一带一路
""",
}
_RANKS = "十百千万亿"
_PAIRS = frozenset({"一两", "两三", "三四", "四五", "五六", "七八", "八九", "三五", "四季"})
"""What the open-ended numerals below begin with."""
# Open-ended numerals and words that only hold where nothing else follows.
_OPEN = (
    (
        re.compile(
            r"(?<=[几数上])[十百千万亿]+(?![0-9])|[十百千万亿]+几|成[百千]上[千万]|一两|两三|三四|四五|五六|七八|八九|三五"
        ),
        "vague",
    ),
    (re.compile(r"十分(?!钟|之)|四季(?!度)"), "word"),
)


def _indexed() -> dict[str, list[tuple[int, str, str]]]:
    """Numeral with its right neighbour (or its left one at the end of a word) -> (place in the word, word, why)."""
    table: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for why, words in _WORDS.items():
        for word in words.split():
            for found in START.finditer(word):
                place = found.start()
                key = word[place : place + 2] if place + 1 < len(word) else word[place - 1 : place + 1] + "$"
                table[key].append((place, word, why))
    return {key: sorted(entries, key=lambda e: -len(e[1])) for key, entries in table.items()}


_TABLE = _indexed()


def word_at(text: str, start: int) -> tuple[int, str] | None:
    """End of the word that holds the numeral at ``start``, and why it is no figure; None if it is in no such word."""
    pair = text[start : start + 2]
    for key in (pair, text[max(0, start - 1) : start + 1] + "$"):
        for place, word, why in _TABLE.get(key, ()):
            if text.startswith(word, start - place) and start >= place:
                return start - place + len(word), why
    if pair not in _PAIRS and pair[:1] not in _RANKS:
        return None
    for pattern, why in _OPEN:
        found = pattern.match(text, start)
        if found:
            return found.end(), why
    return None

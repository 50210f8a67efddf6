"""What zh and en must have in common: the same blocks to do, under the same names, with the same answers right.

Progress is stored by step and by an option's position, so that a trainee may change the language at any time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lms.catalogue import decoding
from lms.catalogue.parsed import LANGUAGES, Amount, Block, ParsedCourse, ParsedLesson, Question, Quiz
from lms.catalogue.problems import Problem, error, quoted, warning
from lms.i18n import lazy as _l

TO_DO = {"check": _l("question"), "try": _l("exercise"), "task": _l("task to hand in")}
COUNTED = {
    "steps": _l("Steps to do"),
    "figures": _l("Pictures and clips"),
    "keys": _l("Key sentences"),
    "tips": _l("What the teacher says"),
}
TONGUES = {"zh": _l("Chinese"), "en": _l("English")}
Named = tuple[str, str, int, str]  # kind, name, line, how it begins


def course(parsed: ParsedCourse) -> Iterator[Problem]:
    """What the languages of a course do not have in common."""
    alone = [one for one in parsed.lessons if len(one.languages) < len(LANGUAGES)]
    if len(parsed.languages) < len(LANGUAGES) or (parsed.plain and alone):
        what, todo = _l("each lesson is in one language only"), _l("write zh.md and en.md for each lesson")
        yield warning("course.toml", 0, "one_language", what, todo)
        return
    for lang in LANGUAGES:
        if lang not in parsed.title:
            what = _l("the course has no title in %(lang)s", lang=lang)
            yield error("course.toml", 0, "no_title", what, _l("write it below [title]"))
    for one in parsed.lessons:
        yield from lesson(one)


def lesson(parsed: ParsedLesson) -> Iterator[Problem]:
    """What the two pages of a lesson do not have in common."""
    if len(parsed.languages) < len(LANGUAGES):
        there = parsed.leading
        missing = next(lang for lang in LANGUAGES if lang != there)
        what = _l("there is no page %(name)s beside it", name=f"{missing}.md")
        yield error(
            f"{parsed.id}/{there}.md", 0, "no_pair", what, _l("write it, with the same blocks in the same order")
        )
        return
    zh, en = ([block for block in parsed.blocks[lang] if block.kind in TO_DO] for lang in LANGUAGES)
    path = f"{parsed.id}/en.md"
    yield from same_order(path, [named(block) for block in zh], [named(block) for block in en])
    for one in en:
        twin = next((block for block in zh if (block.kind, block.id) == (one.kind, one.id)), None)
        if twin:
            yield from same_block(path, twin, one)
    yield from same_quiz(parsed)
    yield from drifted(parsed)


def drifted(parsed: ParsedLesson) -> Iterator[Problem]:
    """Whether both pages are written in their own language, and hold as many steps, figures and key sentences."""
    for lang in LANGUAGES:
        text = "\n".join("\n".join((block.text, *block.items)) for block in parsed.blocks[lang] if block.kind != "task")
        if decoding.language(text) != lang and (decoding.HAN.search(text) or decoding.LATIN_WORD.search(text)):
            what = _l("the page is not in %(lang)s", lang=TONGUES[lang])
            yield warning(f"{parsed.id}/{lang}.md", 0, "untranslated", what, _l("translate it"))
    yield from untranslated_quiz(parsed)
    if len(parsed.laws.get("zh", ())) != len(parsed.laws.get("en", ())):
        here, there = len(parsed.laws["en"]), len(parsed.laws["zh"])
        what = _l("law: has %(here)d entries, in zh it has %(there)d", here=here, there=there)
        yield warning(f"{parsed.id}/en.md", 1, "pair_law", what, _l("list the same laws, in English"))
    zh, en = (counted(parsed.blocks[lang]) for lang in LANGUAGES)
    for name in zh:
        if zh[name] != en[name]:
            what = _l("%(thing)s: %(here)d here, %(there)d in zh", thing=COUNTED[name], here=en[name], there=zh[name])
            yield warning(f"{parsed.id}/en.md", 0, f"pair_{name}", what, _l("make both pages say the same"))


def untranslated_quiz(parsed: ParsedLesson) -> Iterator[Problem]:
    """Whether each quiz and each title is in its own language."""
    for lang in LANGUAGES:
        quiz = parsed.quizzes.get(lang)
        asked = "\n".join(one.text for one in quiz.questions) if quiz else ""
        for path, text in ((f"{parsed.id}/quiz.{lang}.md", asked), (f"{parsed.id}/{lang}.md", parsed.title[lang])):
            is_said = decoding.HAN.search(text) or decoding.LATIN_WORD.search(text)
            if is_said and decoding.language(text) != lang:
                what = _l("%(words)s is not in %(lang)s", words=quoted(text), lang=TONGUES[lang])
                yield warning(path, 1, "untranslated", what, _l("translate it"))


def counted(blocks: tuple[Block, ...]) -> dict[str, int]:
    """How much of each kind a page has."""
    return {
        "steps": sum(len(block.items) for block in blocks),
        "figures": sum(block.kind in ("figure", "video", "audio") for block in blocks),
        "keys": sum(block.kind == "key" for block in blocks),
        "tips": sum(block.kind == "teacher" for block in blocks),
    }


def named(block: Block) -> Named:
    """A block by its kind and name, with how it begins, for authors who never saw the name."""
    return block.kind, block.id, block.line, quoted(block.question.text if block.question else block.text)


def same_order(path: str, zh: Sequence[Named], en: Sequence[Named]) -> Iterator[Problem]:
    """Blocks of zh that en lacks, blocks that only en has, and the first that stands elsewhere."""
    names, others = [one[:2] for one in zh], [one[:2] for one in en]
    for kind, name, _line, words in zh:
        if (kind, name) not in others:
            what = _l("%(kind)s “%(words)s” (%(name)s) of zh is not here", kind=TO_DO[kind], words=words, name=name)
            yield error(path, 0, "pair_missing", what, _l("write it here too, under the same name"))
    for kind, name, line, words in en:
        if (kind, name) not in names:
            what = _l("%(kind)s “%(words)s” (%(name)s) is not in zh", kind=TO_DO[kind], words=words, name=name)
            yield error(path, line, "pair_missing", what, _l("write it there too, or take it out here"))
    common = [one for one in en if one[:2] in names]
    wanted = [one for one in names if one in others]
    moved = next((one for one, name in zip(common, wanted, strict=False) if one[:2] != name), None)
    if moved:
        kind, name, _line, words = moved
        told = {"kind": TO_DO[kind], "words": words, "name": name}
        what = _l("%(kind)s “%(words)s” (%(name)s) stands elsewhere than in zh", **told)
        yield error(path, moved[2], "pair_order", what, _l("put the blocks into the same order"))


def same_block(path: str, zh: Block, en: Block) -> Iterator[Problem]:
    """Whether two blocks of one name ask the same."""
    if zh.question and en.question:
        yield from same_question(path, zh.question, en.question)
    if len(zh.criteria) != len(en.criteria):
        what = _l("the rubric has %(here)d rows, in zh it has %(there)d", here=len(en.criteria), there=len(zh.criteria))
        yield error(path, en.line, "pair_rubric", what, _l("write the same rows in the same order"))
    elif [row.must for row in zh.criteria] != [row.must for row in en.criteria]:
        what = _l("other rows of the rubric must hold than in zh")
        yield error(path, en.line, "pair_rubric", what, _l("make the names of the same rows **bold**"))
    if zh.task != en.task and len(zh.criteria) == len(en.criteria):
        what = _l("the task has other settings than in zh")
        yield error(path, en.line, "pair_task", what, _l("write the same settings behind its name"))


def same_question(path: str, zh: Question, en: Question) -> Iterator[Problem]:
    """Whether two questions are of one kind, have as many answers, and the same ones right."""
    if settings(zh) != settings(en):
        what = _l("the question is of another kind than in zh, or has other settings")
        yield error(path, en.line, "pair_kind", what, _l("write the same behind its name"))
    elif len(zh.options) != len(en.options):
        what = _l("there are %(here)d answers, in zh there are %(there)d", here=len(en.options), there=len(zh.options))
        yield error(path, en.line, "pair_answers", what, _l("write the same answers in the same order"))
    elif [option.right for option in zh.options] != [option.right for option in en.options]:
        what = _l("other answers are marked [x] than in zh")
        yield error(path, en.line, "pair_right", what, _l("mark the same ones, in the same order"))
    elif places(zh) != places(en):
        what = _l("the answers are at other places, seconds or amounts than in zh")
        yield error(path, en.line, "pair_places", what, _l("write the same figures in the same order"))


def settings(question: Question) -> tuple[object, ...]:
    """What stands behind its name."""
    return question.kind, question.misses, question.alarms, question.level, question.review


def places(question: Question) -> list[tuple[object, ...]]:
    """Where each answer lies, its amount with its unit's place among the units, and the first pair with its right
    side."""
    others = [one.other for one in question.options]
    return [(one.place, amount(question, one.amount), others.index(one.other)) for one in question.options]


def amount(question: Question, said: Amount | None) -> tuple[float, float, int] | None:
    """A number, how far off is right, and the place of its unit among the question's; units differ by language."""
    if said is None:
        return None
    return said.value, said.off, question.units.index(said.unit) if said.unit else -1


def same_quiz(parsed: ParsedLesson) -> Iterator[Problem]:
    """Whether the two quizzes of a lesson are one."""
    quizzes = {lang: parsed.quizzes.get(lang) for lang in LANGUAGES}
    there = [lang for lang in LANGUAGES if quizzes[lang]]
    if len(there) == 1:
        missing = next(lang for lang in LANGUAGES if lang not in there)
        what = _l("there is no page %(name)s beside it", name=f"quiz.{missing}.md")
        path = f"{parsed.id}/quiz.{there[0]}.md"
        yield error(path, 0, "no_pair", what, _l("write it, with the same questions in the same order"))
    zh, en = quizzes["zh"], quizzes["en"]
    if zh and en:
        yield from same_questions(f"{parsed.id}/quiz.en.md", zh, en)


def same_questions(path: str, zh: Quiz, en: Quiz) -> Iterator[Problem]:
    """Whether two banks hold the same questions and ask for the same."""
    if (zh.draw, zh.pass_mark, zh.tries) != (en.draw, en.pass_mark, en.tries):
        what = _l("draw, pass and tries are not those of zh")
        yield error(path, 1, "pair_quiz", what, _l("write the same numbers"))
    rows = [[("check", one.id, one.line, quoted(one.text)) for one in quiz.questions] for quiz in (zh, en)]
    yield from same_order(path, rows[0], rows[1])
    twins = {question.id: question for question in zh.questions}
    for question in en.questions:
        if question.id in twins:
            yield from same_question(path, twins[question.id], question)

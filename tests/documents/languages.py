"""The survey of `samples` in languages whose letters the bundled fonts lack, and its documents."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from questionnaire.core.documents.dossier import Dossier
from questionnaire.core.documents.report import Report, ReportContext, build_report
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from tests.documents import samples

# Short and long, with digits, Latin words, brackets and quotation marks of the language.
PHRASES: dict[str, tuple[str, ...]] = {
    "ar": (
        "تقييم تسليم العملاء", "القواعد المشتركة", "السرعة", "التعلّم", "كم شخصًا يعمل في فريقكم؟",
        "ما دورك في اختيار الأداة (CRM)؟", "أوقّع العقد", "أستخدمها يوميًا", "هل قواعدكم مكتوبة؟", "لا",
        "لكل فريق قواعده الخاصة، و«الاتفاق» بينها شفهي", "صفحة واحدة للفريقين معًا", "لا أعرف",
        "اكتبوا صفحة واحدة ووقّعوها معًا خلال ٣٠ يومًا، ثم راجعوها كل ربع سنة.",
    ),
    "he": (
        "בדיקת העברת לידים", "כללים משותפים", "מהירות", "למידה", "כמה אנשים עובדים בצוות?",
        "מה תפקידך בבחירת הכלי (CRM)?", "אני חותם", "אני משתמש בו", "האם הכללים כתובים?", "לא",
        "לכל צוות כללים משלו, וה״הסכם״ ביניהם בעל־פה", "עמוד אחד לשני הצוותים", "לא יודע",
        "כתבו עמוד אחד וחתמו עליו יחד תוך 30 יום, ובדקו אותו בכל רבעון.",
    ),
    "zh": (
        "线索交接评估", "共同规则", "速度", "学习", "您的团队有多少人？",
        "在选择工具（CRM）时您的角色是什么？", "由我签字", "我每天使用", "你们的规则写下来了吗？", "没有",
        "每个团队都有自己的规则，“约定”只是口头的", "两个团队共用一页规则", "我不知道",
        "请在30天内写出一页规则并共同签字，然后每个季度检查一次，直到双方都习惯为止。",
    ),
    "ja": (
        "引き継ぎ診断", "共通のルール", "スピード", "学び", "チームは何人ですか？",
        "ツール（CRM）の選定でのあなたの役割は？", "契約書に署名します", "毎日使っています",
        "ルールは書かれていますか？", "いいえ",
        "各チームに独自のルールがあり、「合意」は口頭だけです", "両チームで一枚のルール", "わかりません",
        "30日以内にルールを一枚にまとめて一緒に署名し、四半期ごとに見直してください。直角の骨。",
    ),
    "ko": (
        "리드 인계 진단", "공통 규칙", "속도", "학습", "팀은 몇 명입니까?",
        "도구(CRM)를 선택할 때 귀하의 역할은 무엇입니까?", "제가 서명합니다", "매일 사용합니다",
        "규칙이 문서로 있습니까?", "아니요",
        "팀마다 규칙이 다르고 ‘합의’는 말로만 있습니다", "두 팀이 한 장의 규칙을 씁니다", "모르겠습니다",
        "30일 안에 규칙을 한 장으로 정리해 함께 서명하고 분기마다 검토하십시오.",
    ),
    "th": (
        "แบบประเมินการส่งต่อลูกค้า", "กฎร่วมกัน", "ความเร็ว", "การเรียนรู้", "ทีมของคุณมีกี่คน",
        "คุณมีบทบาทอะไรในการเลือกเครื่องมือ (CRM)", "ฉันเป็นผู้ลงนาม", "ฉันใช้ทุกวัน", "กฎของคุณเขียนไว้หรือไม่", "ไม่",
        "แต่ละทีมมีกฎของตนเองและ “ข้อตกลง” เป็นเพียงคำพูด", "หนึ่งหน้าสำหรับทั้งสองทีม", "ไม่ทราบ",
        "เขียนกฎหนึ่งหน้าแล้วลงนามร่วมกันภายใน 30 วันจากนั้นทบทวนทุกไตรมาสจนกว่าทั้งสองทีมจะคุ้นเคยกำลังใจ",
    ),
    "hi": (
        "लीड हस्तांतरण जाँच", "साझा नियम", "गति", "सीख", "आपकी टीम में कितने लोग हैं?",
        "उपकरण (CRM) चुनने में आपकी भूमिका क्या है?", "मैं हस्ताक्षर करता हूँ", "मैं रोज़ इस्तेमाल करता हूँ",
        "क्या आपके नियम लिखे हुए हैं?", "नहीं",
        "हर टीम के अपने नियम हैं और “समझौता” केवल मौखिक है", "दोनों टीमों के लिए एक पृष्ठ", "मुझे नहीं पता",
        "३० दिनों में एक पृष्ठ लिखें, मिलकर हस्ताक्षर करें, और हर तिमाही उसकी समीक्षा करें।",
    ),
}  # fmt: skip
_TRADITIONAL = str.maketrans("线评规则团队习惯约头签选择写检查", "線評規則團隊習慣約頭簽選擇寫檢查")
PHRASES["zh-Hant"] = tuple(text.translate(_TRADITIONAL) for text in PHRASES["zh"])
LANGUAGES = tuple(PHRASES)
COMPANIES = {
    "ar": "شركة النور للاستشارات والتدريب", "he": "חברת אור הנדסה בע״מ", "zh": "上海光明咨询有限公司",
    "zh-Hant": "臺灣光明顧問有限公司", "ja": "株式会社ひかりコンサルティング", "ko": "한국빛컨설팅 주식회사",
    "th": "บริษัท แสงสว่างที่ปรึกษา จำกัด", "hi": "प्रकाश परामर्श प्राइवेट लिमिटेड",
}  # fmt: skip


@cache
def survey(language: str) -> Survey:
    raw = samples.raw("survey")
    raw["languages"] = ["en", "fr", language]
    phrases = itertools.cycle(PHRASES[language])
    _translate(raw, language, phrases)
    return samples.changed(raw)


def _translate(value: Any, language: str, phrases: Iterator[str]) -> None:
    """Adds the language to each text, with the placeholders of the English text."""
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict) and set(part) == {"en", "fr"}:
            name = " {{first_name}}" if "{{first_name}}" in part["en"] else ""
            company = " {{company}}" if "{{company}}" in part["en"] else ""
            part[language] = f"{next(phrases)}{name}{company}"
        elif isinstance(part, dict | list):
            _translate(part, language, phrases)


def filled(language: str, **contact: str) -> ResponseEvidence:
    answers, mistakes = read_answers(survey(language), {**samples.SOME, "problem": PHRASES[language][-1] * 2})
    assert not mistakes
    known = {**samples.ANNA, "company": COMPANIES[language], "first_name": PHRASES[language][3], **contact}
    return ResponseEvidence(survey(language), answers, datetime.fromisoformat(samples.AT), known, language=language)


def report(language: str, **contact: str) -> Report:
    one = filled(language, **contact)
    journey = one.journey
    return build_report(
        ReportContext(
            one.survey, journey, one.contact, measure(one.survey, journey), one.at, language, words_for(language),
            block=one.survey.report.blocks["book"], peers=samples.peers(), prior=samples.prior(),
        )
    )  # fmt: skip


def dossier(language: str, **contact: str) -> Dossier:
    """The dossier of a prospect who answered in this language, for an English rep."""
    return samples.dossier(filled(language, **contact), earlier=samples.rejected())

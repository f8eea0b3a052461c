"""What a stranger's text may not carry on: invisible characters, addresses, markup; and whom it may not address.

The text of a patent can be written for the program that reads it. Nothing is left out for that, but sentences that
speak to a language model prove nothing, and what a model writes is shown without addresses and without markup.
"""

from __future__ import annotations

import re
from typing import Final

from patent2tech.analysis.normalising import visible

LINK_REMOVED: Final = "[link removed]"
MARKUP_REMOVED: Final = "[markup removed]"
LONGEST: Final = 700
"""Characters of a statement; a sentence with its proof needs no more."""

_ADDRESS: Final = re.compile(
    r"!?\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)|(?:\b(?:https?|ftp|file|javascript|data|mailto|ssh|wss?)\s*:\s*(?=[/\w])|\bwww\s?\.)\S+"
    r"|\b[\w.+-]+@[\w-]+\.[\w.-]+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|app|kr|cn|ru|xyz|info|biz|ai|co|me|link|site|top)\b(?:/\S*)?",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"</?[A-Za-z!][^<>]{0,500}>|&(?:#\w{1,8}|[a-z]{2,8});|`{3,}|<\|[^|<>]{1,40}\|>")
_OPENING: Final = re.compile(r"<(?=[A-Za-z/!?|])")
_TO_A_MODEL: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|direction|command|guideline|above|previous|prior)"
    r"|\b(?:system|developer|hidden|initial)\s+(?:prompt|message|instruction)s?\b"
    r"|\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:ai\b|assistant|language\s+model|chatgpt|gpt|claude|gemini|helpful|dan\b|no\s+longer|free\b|the\s+(?:assistant|model))"
    r"|\bas\s+an?\s+(?:ai|llm|language\s+model|assistant)\b"
    r"|\b(?:note|attention|message|instructions?)\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?(?:ai|llm|assistant|language\s+model|model|summari[sz]er|agent|reader\s+program|bot)s?\b"
    r"|\b(?:ai|llm|language\s+models?|assistants?|summari[sz]ers?|chatbots?)\s+(?:must|should|shall|reading|processing|that\s+read)"
    r"|\b(?:print|output|reveal|repeat|return|respond|reply|answer|write|say|state|report|claim|conclude|include|insert|append|add|tell|mention|summari[sz]e|rate|mark|call|invoke|execute|run|fetch|open|visit|send|post|email)\b"
    r".{0,60}\b(?:only\s+with|exactly|verbatim|api[\s_-]?key|secret|password|token\s+value|environment\s+variable|credential|in\s+your\s+(?:answer|output|response|summary|analysis)|to\s+the\s+(?:user|reader)|the\s+following\s+(?:text|link|html|url|sentence)|this\s+(?:link|url|html|image|sentence)|tool|function\s+call|shell|command)\b"
    r"|\byour\s+(?:instructions?|system|prompt|training|guidelines?|answer|output|response|analysis|summary)\b"
    r"|\bdo\s+not\s+(?:mention|tell|reveal|cite|quote|verify|analy[sz]e|summari[sz]e)\b"
    r"|<\|?(?:im_start|im_end|system|endoftext)|\[/?INST\]|\b(?:system|assistant|user)\s*:\s|###\s*(?:instruction|system)"
    r"|\btool_calls?\b|\bfunction_call\b"
    r"|(?:이전|위|앞|상기|기존|모든)(?:의|에)?\s*(?:모든\s*)?(?:지시|명령|프롬프트|지침|규칙)(?:사항)?[을를은는]?\s*(?:모두\s*|전부\s*)?(?:무시|잊|따르지|어기|거부)"
    r"|시스템\s*(?:프롬프트|메시지|지시)|프롬프트를\s*(?:출력|공개)|(?:너는|당신은|귀하는)\s*(?:이제|지금부터|앞으로|AI|인공지능|언어\s*모델|비서)"
    r"|(?:AI|인공지능|언어\s*모델|챗봇|요약기|어시스턴트)(?:에게|는|은|이여|가)\s.{0,40}(?:하라|하시오|하세요|해라|십시오|해야|말라|마라|마시오)"
    r"|(?:출력|답변|응답|대답|요약|기재|작성|표시|추가|삽입|포함|전송|실행|호출|방문|클릭|공개|보고|인용)(?:을|를)?\s*(?:하라|하시오|하세요|해라|해\s*주세요|하십시오|할\s*것|시켜라|하지\s*(?:마|말))"
    r"|API\s*키|비밀\s*번호를|환경\s*변수를",
    re.IGNORECASE,
)


def harmless(text: str) -> str:
    """What a model wrote, as it may be shown: one line of plain text without addresses and markup."""
    plain = " ".join(visible(text).split())
    plain = _ADDRESS.sub(LINK_REMOVED, _MARKUP.sub(MARKUP_REMOVED, plain))
    # What is left may still open a tag in a careless reader; `P < h` stays.
    plain = _OPENING.sub("‹", plain)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + "…"


def was_harmful(text: str) -> bool:
    """Whether a text carries what `harmless` takes out."""
    plain = visible(text)
    return bool(_ADDRESS.search(plain) or _MARKUP.search(plain)) or len(plain) > LONGEST


def addresses_a_model(text: str) -> bool:
    """Whether a text speaks to the program that reads it, and not to a person who builds something."""
    return bool(_TO_A_MODEL.search(visible(text)))

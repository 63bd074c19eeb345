"""Sections of number formats that show digits: grouped, scaled, in percent, as fractions or with exponents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from .cells import PRECISION, Number, Shown
from .format_tokens import Token, Tokens

_EXACT = Context(prec=700)
"""Enough for any double with any format."""
_SIGNS = re.compile(r"[\s()（）+¥￥$€£-]*")
"""What stands around a number without changing what it means."""
_FRACTION = re.compile(r"(?P<whole>[0#?]+\s+)?(?P<over>[0#?]+)/(?P<under>[0#?]+|[1-9][0-9]*)")
_USUAL = re.compile(r"(?:#,##)?0(?:\.0+)?")
_DIGITS = frozenset({"digit", "comma", "point"})
GROUP = 3


class NumberSection:
    """``#,##0.00``, ``0%``, ``0"人次"``, ``¥* #,##0.00``, ``0.00E+00``, ``# ?/?``."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tuple(tokens.all)
        self.percents = sum(token.kind == "percent" for token in self.tokens)
        self.digits = [n for n, token in enumerate(self.tokens) if token.kind == "digit"]
        self.point = next((n for n, token in enumerate(self.tokens) if token.kind == "point"), None)
        self.exponent = next((n for n, token in enumerate(self.tokens) if token.kind == "exponent"), None)
        self.is_fraction = bool(self.digits) and tokens.has("slash")
        end = self.exponent if self.exponent is not None else len(self.tokens)
        start = self.point if self.point is not None else end
        self.whole = [n for n in self.digits if n < start]
        self.decimals = [n for n in self.digits if start < n < end]
        self.commas = [n for n, token in enumerate(self.tokens) if token.kind == "comma"]
        self.is_grouped = (
            any(self.whole[0] < n < self.whole[-1] for n in self.commas) if self.whole else False
        )
        self.thousands = self._scaling()
        self.places = self._places()
        self.step = Decimal(1).scaleb(-len(self.decimals))
        self.written = f"{',' if self.is_grouped else ''}.{len(self.decimals)}f"
        self.fast = self._prefix_and_suffix()

    def show(self, number: Number, is_unsigned: bool, is_1904: bool) -> Shown | None:
        if self.fast is not None and (quick := self._quick(self.fast, number, is_unsigned)):
            return quick
        value = Decimal(f"{number:.{PRECISION}g}")
        sign = "-" if value < 0 and not is_unsigned and self.digits else ""
        value = abs(value)
        if self.is_fraction:
            text = self._fraction(value)
        elif self.exponent is not None:
            text = self._scientific(value, self.exponent)
        else:
            shift = 2 * self.percents - GROUP * self.thousands
            text = self._fixed(value.scaleb(shift, _EXACT))
        return None if text is None else Shown(number, f"{sign}{text}".strip(), self.places)

    # --- what the section is ---

    def _scaling(self) -> int:
        """How often the number is divided by a thousand: the commas after the last digit of a part."""
        ends = {some[-1] for some in (self.whole, self.decimals) if some}
        count = 0
        for end in ends:
            at = end + 1
            while at < len(self.tokens) and self.tokens[at].kind == "comma":
                count += 1
                at += 1
        return count

    def _places(self) -> int | None:
        around = "".join(
            token.shown for token in self.tokens if token.kind not in ("digit", "point", "comma")
        )
        is_simple = (
            not (self.percents or self.thousands or self.is_fraction)
            and self.exponent is None
            and self.digits
        )
        return len(self.decimals) if is_simple and _SIGNS.fullmatch(around) else None

    def _prefix_and_suffix(self) -> tuple[str, str] | None:
        """What stands around the digits of a usual section: one block of them, ``0`` before and after the point."""
        if not self.whole or self.percents or self.thousands or self.is_fraction or self.exponent is not None:
            return None
        first, last = self.digits[0], self.digits[-1]
        block = self.tokens[first : last + 1]
        if not _USUAL.fullmatch("".join(t.text if t.kind in _DIGITS else " " for t in block)):
            return None
        before, after = self.tokens[:first], self.tokens[last + 1 :]
        if any(token.kind in ("comma", "point") for token in (*before, *after)):
            return None
        return "".join(t.shown for t in before), "".join(t.shown for t in after)

    # --- what it shows ---

    def _quick(self, around: tuple[str, str], number: Number, is_unsigned: bool) -> Shown | None:
        """The same for usual numbers in a usual section."""
        written = f"{abs(number):.{PRECISION}g}"
        if "e" in written:
            return None
        value = Decimal(written).quantize(self.step, ROUND_HALF_UP, _EXACT)
        sign = "-" if number < 0 and not is_unsigned else ""
        return Shown(number, f"{sign}{around[0]}{value:{self.written}}{around[1]}".strip(), self.places)

    def _fixed(self, value: Decimal) -> str:
        rounded = value.quantize(self.step, ROUND_HALF_UP, _EXACT)
        whole, _, decimals = f"{rounded:f}".partition(".")
        at = self._whole("" if whole == "0" else whole, self.whole) | self._decimals(decimals)
        missing = "" if self.whole or not self.decimals or whole == "0" else whole
        out = []
        for n, token in enumerate(self.tokens):
            if n in at:
                out.append(at[n])
            elif token.kind == "point":
                out.append(missing + ".")
            elif token.kind != "comma" or not self.digits:
                out.append(token.shown)
        return "".join(out)

    def _whole(self, whole: str, holders: Sequence[int]) -> dict[int, str]:
        """The digits before the point by their placeholders; the first has all that are left."""
        shown: dict[int, str] = {}
        rest, count = whole, 0
        for holder in reversed(holders):
            digit, rest = (rest[-1], rest[:-1]) if rest else (_blank(self.tokens[holder]), "")
            shown[holder], count = self._grouped(digit, count)
        while rest and holders:
            digit, rest = rest[-1], rest[:-1]
            grouped, count = self._grouped(digit, count)
            shown[holders[0]] = grouped + shown[holders[0]]
        return shown

    def _grouped(self, digit: str, count: int) -> tuple[str, int]:
        """The digit with the separator after it, and how many digits there are now."""
        if not digit.isdigit():
            return digit, count
        separator = "," if self.is_grouped and count and count % GROUP == 0 else ""
        return digit + separator, count + 1

    def _decimals(self, decimals: str) -> dict[int, str]:
        shown: dict[int, str] = {}
        is_end = True
        for holder, digit in zip(reversed(self.decimals), reversed(decimals), strict=False):
            is_end = is_end and digit == "0"
            shown[holder] = _blank(self.tokens[holder]) if is_end else digit
        return shown

    def _scientific(self, value: Decimal, exponent: int) -> str:
        step = max(1, len(self.whole))
        power = 0 if not value else value.adjusted() // step * step
        mantissa = value.scaleb(-power, _EXACT).quantize(self.step, ROUND_HALF_UP, _EXACT)
        if mantissa and mantissa.adjusted() >= step:
            power += step
            mantissa = mantissa.scaleb(-step, _EXACT)
        head = NumberSection(Tokens(self.tokens[:exponent]))
        sign = "-" if power < 0 else "+" if self.tokens[exponent].text.endswith("+") else ""
        tail = self.tokens[exponent + 1 :]
        width = sum(token.kind == "digit" for token in tail)
        after = "".join(token.shown for token in tail if token.kind != "digit")
        return f"{head._fixed(mantissa)}E{sign}{abs(power):0{width}d}{after}"

    def _fraction(self, value: Decimal) -> str | None:
        """Only fractions with nothing around them."""
        found = _FRACTION.fullmatch("".join(token.text or " " for token in self.tokens).strip())
        if not found or self.percents or value.adjusted() > PRECISION:
            return None
        under = found["under"]
        exact = Fraction(value)
        if under.isdigit() and under.strip("0"):
            near = Fraction(int(exact * int(under) + Fraction(1, 2)), 1)
            over, below = int(near), int(under)
        else:
            limited = exact.limit_denominator(10 ** min(len(under), 6) - 1)
            over, below = limited.numerator, limited.denominator
        if not found["whole"]:
            return f"{over}/{below}"
        whole, over = divmod(over, below)
        if not over:
            return str(whole)
        return f"{whole} {over}/{below}" if whole else f"{over}/{below}"


def _blank(token: Token) -> str:
    """What a placeholder shows without a digit."""
    return {"0": "0", "?": " "}.get(token.text, "")

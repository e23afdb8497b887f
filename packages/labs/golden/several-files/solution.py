from parts.doubling import double  # noqa: F401
import parts.totals

Total = parts.totals.Total

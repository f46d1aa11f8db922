"""What several requests have in common: the case, and where in a list to begin."""

from typing import Annotated

from fastapi import Depends, Query

from detente.desk.case import Case
from detente.desk.pages import case_of

AtCase = Annotated[Case, Depends(case_of)]
Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=2**31)]

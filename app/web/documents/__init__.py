"""A report as a paper: its words (paper.py), as an Excel file (excel.py), as a Word file (word.py).

The page, the sheet and the document are made from the same Paper, so that they say the same.
"""

from app.web.documents.excel import workbook
from app.web.documents.paper import Paper, Part, paper_of
from app.web.documents.word import document

__all__ = ["Paper", "Part", "document", "paper_of", "workbook"]

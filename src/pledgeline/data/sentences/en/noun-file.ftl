### What is wrong with a file of requirements or offers as a whole, before its rows are looked at.

too-large = The file is larger than 4 MB.
    .way-out = Take out what is not needed, or hand it in in parts.
not-utf-8 = The file is neither a workbook (.xlsx) nor a text in UTF-8.
    .way-out = Save it as an Excel workbook, or as CSV in UTF-8.
not-commas = The cells are not separated by commas.
    .way-out = Save the file as CSV with commas between the cells, or as an Excel workbook.
quotes = A quotation mark is left open, or stands within a cell.
quotes_line = A quotation mark in or after line { $line } is left open, or stands within a cell.
    .way-out = Write a quotation mark within a cell twice, and one before and one behind the whole cell.
no-sheet = The workbook has several sheets, and none or more than one of them has the name of what is asked for.
no-sheet_named = The workbook has several sheets, and none or more than one of them is named { $sheet }.
    .way-out = Name the sheet that is meant { $sheet }, and no other one.
no-rows = There is no row below the headings.
    .way-out = Write one thing in each row below the headings.
too-many-rows = The file has too many rows.
too-many-rows_most = The file has more than { $most } rows; those from here on were not read.
    .way-out = Hand it in in parts.

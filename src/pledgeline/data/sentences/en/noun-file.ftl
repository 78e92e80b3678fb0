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
conflict = A row was changed in the file and, meanwhile, in the programme.
conflict_row = The row was changed in the file, and meanwhile in the programme: { LIST($fields) }.
    .way-out = Take the workbook anew, and make your change again in the row as it is now.
by-steps-only = A file cannot change it.
by-steps-only_packages = Line { $line } belongs to a package, which follows from an accepted plan and from steps.
    .way-out = Split, merge or cancel the package on its page. Put the cells back as they were.
removed = Rows were removed from the file.
removed_sheet = The sheet with each { $noun } was removed. Nothing is deleted by that.
removed_rows = { $count ->
    [one] { $count } row was removed from the sheet. Nothing is deleted by that: { LIST($keys) }.
   *[other] { $count } rows were removed from the sheet. Nothing is deleted by that: { LIST($keys) }.
 }
    .way-out = To take one back, use the step “withdraw” on its page.
no-versions = It is not known what the rows said when the file was written.
no-versions_plain = The file holds no versions of its rows: they are held against what stands now.
    .way-out = Whoever wants to see what others changed meanwhile edits a workbook that was taken here, and keeps its hidden sheet.
no-versions_other-programme = The versions in the file are those of another programme, { $programme }: the rows are held against what stands here.
    .way-out = Look whether it is the right file before you take it.
other-headings = The mapping is for other sheets or headings.
other-headings_mapping = There is no mapping “{ $mapping }” for the sheets and headings of this file.
    .way-out = Match the columns on the page of the workbook, and keep that under a name.
no-right = It is not yours to do.
no-right_mapping = Mappings are kept by recipients and coordinators of the programme.
    .way-out = Ask one of them to hand the file in once.
no-name = A mapping needs a name.
    .way-out = Give it a short one, such as “List of the ministry”.
not-matched = Not every sheet and column is matched.
    .way-out = Say of each what it is, or that it is left out.

# What is wrong with the file of a report. $problem is what a library says, in English.

too-large = The file has more than { $most } bytes.
    .way-out = Save the page without its pictures, or paste its text.
too-many-tags = The page has more than { $most } tags.
    .way-out = Paste the text of the report.
encoding = The file says that it is written in “{ $declared }”, and was read as { $used }.
    .way-out = Compare the letters of names; save the file as UTF-8 where they are wrong.
broken-html = The page could only be read in part: { $problem }.
    .way-out = Compare the end of the text with the page.
nested = Tags are nested deeper than { $most } levels; what the deeper ones mean was not looked at.
    .way-out = Compare the text with the page.
cut = The text is longer than { $most } characters; the rest was left out.
    .way-out = Paste the part that the claims are in.
no-text = The file holds no text.
    .way-out = Where it is a picture of a page, paste what the page says.
turned = { $number ->
    [one] One sign shows
   *[other] { $number } signs show
} a part of this text in another order than it is stored in.
    .way-out = Read the marked place letter by letter before you accept a claim of it.
unseen = { $number ->
    [one] One sign in this text
   *[other] { $number } signs in this text
} cannot be seen.
    .way-out = They are kept, and rules read past them; look at the marked place.
pdf-too-long = The PDF cannot be read within { $seconds } seconds and the memory that it may have.
    .way-out = Save it anew with another program, or paste its text.
pdf-broken = The PDF cannot be read: { $problem }.
    .way-out = Save it anew with another program, without a password, or paste its text.
pdf-pages = The PDF has { $pages } pages; the first { $most } were read.
    .way-out = Divide it.
warc-broken = The web archive cannot be read: { $problem }.
    .way-out = Save the archive anew, or save the page itself.
warc-empty = The web archive holds no page.
    .way-out = Choose an archive with an HTML page, a text or a PDF.
not-text = This file is no text, and none of the kinds that are read: HTML, PDF, WARC.
    .way-out = Save the page as HTML or PDF, or paste its text.

### What is wrong with a photograph that is handed in.

too-large = The photograph is too large.
too-large_bytes = The photograph is larger than { $megabytes } MB.
    .way-out = Take it again in a smaller size.
too-large_pixels = The photograph has more than 60 million pixels.
    .way-out = Take it again in a smaller size.
not-a-photo = The file is no photograph that can be read.
not-a-photo_kind = The file is no photograph in the form JPEG, PNG or WebP.
    .way-out = Take it with the camera of the browser, or save it as JPEG.
damaged = The photograph is damaged.
damaged_file = The photograph breaks off, or is damaged.
    .way-out = Take it again, or choose another one.
nothing-rejected = Of the lot nothing was rejected.
nothing-rejected_lot = Of { $lot } nothing was rejected in this count.
    .way-out = Choose a lot of which units were rejected, or change the count.
too-many = The receipt has as many photographs as it may have.
too-many_most = The receipt has { $most } photographs of this lot already.
    .way-out = Keep to those that show what is wrong.
no-right = Photographs are added by those who count.
no-right_role = Photographs are added by those who may count what was received.
    .way-out = Ask a recipient to add it.

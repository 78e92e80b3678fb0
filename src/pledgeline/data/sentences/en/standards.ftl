# Where the texts of outside standards are looked for.

not-set = The standard { $standard } is not there: set { $variable } to a folder with its schemas and codelists in a folder “{ $standard }”
no-folder = The standard { $standard } is not there: { $variable } names “{ $folder }”, which has no folder “{ $standard }”
damaged = The standard cannot be read: { $file } is missing or damaged; fetch the folder anew

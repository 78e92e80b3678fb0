# Where a finding is, after the name of the file: “plan.xlsx, sheet Offers, cell C14”.

sheet = sheet { $sheet }
cell = cell { $cell }
line = line { $line }
column = column { $column }

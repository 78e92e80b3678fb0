# Sentences that follow another one, each with a blank before it.

meant = {" "}Is “{ $text }” meant?
looks-the-same = {" "}“{ $twin }” looks the same; this one has { $letter }.
differs-by = {" "}It differs by { $letter }.

CREATE OR REPLACE FUNCTION books_check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry books_entry%ROWTYPE;
    parts bigint;
    astray boolean;
    below boolean;
    beyond boolean;
BEGIN
    SELECT e.* INTO entry FROM books_entry e JOIN books b ON b.id = e.books_id AND b.newest_id = e.id
    WHERE e.id = NEW.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'books: the entry does not exist, or is not the newest'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM books_entry o
        WHERE o.id = NEW.id - 1 AND o.books_id = entry.books_id AND o.recorded_at > entry.recorded_at
    ) THEN
        RAISE EXCEPTION 'books: the entry is recorded before the one that it follows'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT count(*), bool_or(s.books_id <> entry.books_id OR p.effective_on <> entry.effective_on)
    INTO parts, astray
    FROM books_posting p JOIN books_spot s ON s.id = p.spot_id WHERE p.entry_id = NEW.id;
    IF parts < 2 THEN
        RAISE EXCEPTION 'books: an entry has at least two postings'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF entry.takes_back_id IS NOT NULL THEN
        astray := astray OR entry.takes_back_id >= NEW.id OR NOT EXISTS (
            SELECT 1 FROM books_entry o WHERE o.id = entry.takes_back_id AND o.books_id = entry.books_id);
    END IF;
    IF astray THEN
        RAISE EXCEPTION 'books: a part of the entry has another day or belongs to other books'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM books_posting p JOIN books_spot s ON s.id = p.spot_id WHERE p.entry_id = NEW.id
        GROUP BY s.account IN ('bank', 'receivable', 'supplier_advance', 'supplier_payable', 'programme_expense',
                'contributions', 'exchange'), s.contribution, s.currency
        HAVING sum(p.amount) <> 0
    ) THEN
        RAISE EXCEPTION 'books: the entry does not add up to zero for each contribution and currency'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    WITH moved AS (
        SELECT spot_id, sum(amount) AS amount FROM books_posting WHERE entry_id = NEW.id GROUP BY spot_id ORDER BY spot_id
    ), done AS (
        UPDATE books_spot s SET balance = s.balance + moved.amount, changed_by = NEW.id
        FROM moved WHERE s.id = moved.spot_id
        RETURNING s.account, s.balance, moved.amount
    )
    SELECT
        bool_or(balance < 0 AND amount < 0 AND account IN (
            'pledged', 'committed', 'available', 'allocated', 'ordered', 'delivered', 'accepted', 'lapsed',
            'bank', 'receivable', 'supplier_advance')),
        bool_or(abs(balance) >= 100000000000000000)
    INTO below, beyond FROM done;
    IF below THEN
        RAISE EXCEPTION 'books: the entry takes an account below zero'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF beyond THEN
        RAISE EXCEPTION 'books: a balance leaves the range of amounts'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM books_goods WHERE entry_id = NEW.id) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT 1 FROM books_goods g JOIN books_bin n ON n.id = g.bin_id WHERE g.entry_id = NEW.id
        GROUP BY n.line, n.currency
        HAVING sum(g.units) <> 0 OR bool_or(n.books_id <> entry.books_id)
    ) THEN
        RAISE EXCEPTION 'books: the units of the entry do not add up to zero, or belong to other books'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    WITH moved AS (
        SELECT bin_id, sum(units) AS units FROM books_goods WHERE entry_id = NEW.id GROUP BY bin_id ORDER BY bin_id
    ), done AS (
        UPDATE books_bin n SET units = n.units + moved.units, changed_by = NEW.id
        FROM moved WHERE n.id = moved.bin_id
        RETURNING n.place, n.units AS left_there, moved.units AS moved_units
    )
    SELECT bool_or(left_there < 0 AND moved_units < 0 AND place IN ('ordered', 'delivered', 'accepted'))
    INTO below FROM done;
    IF below THEN
        RAISE EXCEPTION 'books: the entry takes units away that are not there'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$
-- next

DROP FUNCTION books_open(text, text)
-- next

CREATE OR REPLACE FUNCTION books_open(programme_wanted text, key_wanted text)
RETURNS TABLE (
    number bigint, kept_in text, is_public boolean, entries bigint, tree bytea, of_programme text, named text,
    key_known boolean, last_recorded timestamptz, clock timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
BEGIN
    SELECT b.id, b.currencies, b.public, b.size, b.peaks, p.slug, p.name
    INTO number, kept_in, is_public, entries, tree, of_programme, named
    FROM books b JOIN records_programmerecord p ON p.id = b.programme_id
    WHERE p.slug = programme_wanted FOR UPDATE OF b;
    IF FOUND THEN
        key_known := EXISTS (SELECT 1 FROM books_entry e WHERE e.books_id = number AND e."key" = key_wanted);
        last_recorded := (
            SELECT e.recorded_at FROM books_entry e JOIN books b ON b.newest_id = e.id WHERE b.id = number);
        clock := clock_timestamp();
        RETURN NEXT;
    END IF;
END
$$
-- next

REVOKE EXECUTE ON FUNCTION books_open FROM PUBLIC

CREATE OR REPLACE FUNCTION books_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'books: nothing that was entered is ever changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
END
$$
-- next

CREATE OR REPLACE FUNCTION books_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    something boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', TG_TABLE_NAME) INTO something;
    IF something THEN
        RAISE EXCEPTION 'books: nothing is ever deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$
-- next

CREATE TRIGGER books_stays BEFORE DELETE ON books
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_whole BEFORE TRUNCATE ON books
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_spot_stays BEFORE DELETE ON books_spot
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_spot_whole BEFORE TRUNCATE ON books_spot
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_bin_stays BEFORE DELETE ON books_bin
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_bin_whole BEFORE TRUNCATE ON books_bin
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_private_stays BEFORE DELETE ON books_private
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_private_whole BEFORE TRUNCATE ON books_private
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_seal_stays BEFORE DELETE ON books_seal
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_seal_whole BEFORE TRUNCATE ON books_seal
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_entry_stays BEFORE DELETE ON books_entry
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_entry_whole BEFORE TRUNCATE ON books_entry
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_posting_stays BEFORE DELETE ON books_posting
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_posting_whole BEFORE TRUNCATE ON books_posting
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_goods_stays BEFORE DELETE ON books_goods
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_goods_whole BEFORE TRUNCATE ON books_goods
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_term_stays BEFORE DELETE ON books_term
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_term_whole BEFORE TRUNCATE ON books_term
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_checkpoint_stays BEFORE DELETE ON books_checkpoint
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_checkpoint_whole BEFORE TRUNCATE ON books_checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_total_stays BEFORE DELETE ON books_total
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_total_whole BEFORE TRUNCATE ON books_total
FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_truncate()
-- next

CREATE TRIGGER books_seal_unchanged BEFORE UPDATE ON books_seal
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_entry_unchanged BEFORE UPDATE ON books_entry
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_posting_unchanged BEFORE UPDATE ON books_posting
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_goods_unchanged BEFORE UPDATE ON books_goods
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_term_unchanged BEFORE UPDATE ON books_term
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_checkpoint_unchanged BEFORE UPDATE ON books_checkpoint
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE TRIGGER books_total_unchanged BEFORE UPDATE ON books_total
FOR EACH ROW EXECUTE FUNCTION books_refuse_change()
-- next

CREATE OR REPLACE FUNCTION books_refuse_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh JOIN books_seal ON books_seal.id = fresh.entry_id) THEN
        RAISE EXCEPTION 'books: the entry is sealed, nothing can be added to it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$
-- next

CREATE TRIGGER books_posting_closed AFTER INSERT ON books_posting
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_late()
-- next

CREATE TRIGGER books_goods_closed AFTER INSERT ON books_goods
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_late()
-- next

CREATE TRIGGER books_term_closed AFTER INSERT ON books_term
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_late()
-- next

CREATE TRIGGER books_private_closed AFTER INSERT ON books_private
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION books_refuse_late()
-- next

CREATE OR REPLACE FUNCTION books_refuse_filled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'books: what is new is empty' USING ERRCODE = 'integrity_constraint_violation';
END
$$
-- next

CREATE TRIGGER books_new BEFORE INSERT ON books
FOR EACH ROW WHEN (NEW.size <> 0) EXECUTE FUNCTION books_refuse_filled()
-- next

CREATE TRIGGER books_spot_new BEFORE INSERT ON books_spot
FOR EACH ROW WHEN (NEW.balance <> 0) EXECUTE FUNCTION books_refuse_filled()
-- next

CREATE TRIGGER books_bin_new BEFORE INSERT ON books_bin
FOR EACH ROW WHEN (NEW.units <> 0) EXECUTE FUNCTION books_refuse_filled()
-- next

CREATE OR REPLACE FUNCTION books_refuse_zero_units() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'books: units that move are not zero' USING ERRCODE = 'integrity_constraint_violation';
END
$$
-- next

CREATE TRIGGER books_goods_moves BEFORE INSERT ON books_goods
FOR EACH ROW WHEN (NEW.units = 0) EXECUTE FUNCTION books_refuse_zero_units()
-- next

CREATE OR REPLACE FUNCTION books_check_growth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.programme_id <> OLD.programme_id OR NOT (
        (NEW.size = OLD.size AND NEW.newest_id IS NOT DISTINCT FROM OLD.newest_id AND NEW.peaks = OLD.peaks)
        OR (NEW.size = OLD.size + 1
            AND (OLD.newest_id IS NULL OR EXISTS (SELECT 1 FROM books_seal WHERE id = OLD.newest_id)))
    ) THEN
        RAISE EXCEPTION 'books: the log grows by one sealed entry at a time' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
-- next

CREATE TRIGGER books_grows BEFORE UPDATE ON books
FOR EACH ROW EXECUTE FUNCTION books_check_growth()
-- next

CREATE OR REPLACE FUNCTION books_check_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR NEW.changed_by <= OLD.changed_by THEN
        RAISE EXCEPTION 'books: a balance changes by an entry only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
-- next

CREATE TRIGGER books_spot_moves BEFORE UPDATE ON books_spot
FOR EACH ROW EXECUTE FUNCTION books_check_move()
-- next

CREATE TRIGGER books_bin_moves BEFORE UPDATE ON books_bin
FOR EACH ROW EXECUTE FUNCTION books_check_move()
-- next

CREATE OR REPLACE FUNCTION books_check_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.entry_id <> OLD.entry_id OR NEW.name <> OLD.name OR NEW.commitment <> OLD.commitment
        OR NEW.text IS NOT NULL OR NEW.salt IS NOT NULL THEN
        RAISE EXCEPTION 'books: a private text can be erased, and nothing else' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
-- next

CREATE TRIGGER books_private_erased BEFORE UPDATE ON books_private
FOR EACH ROW EXECUTE FUNCTION books_check_erasure()
-- next

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

CREATE TRIGGER books_seal_checks AFTER INSERT ON books_seal
FOR EACH ROW EXECUTE FUNCTION books_check_entry()
-- next

CREATE OR REPLACE FUNCTION books_open(programme_wanted text, key_wanted text)
RETURNS TABLE (
    number bigint, kept_in text, is_public boolean, entries bigint, tree bytea, of_programme text, named text,
    key_known boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
BEGIN
    SELECT b.id, b.currencies, b.public, b.size, b.peaks, p.slug, p.name
    INTO number, kept_in, is_public, entries, tree, of_programme, named
    FROM books b JOIN records_programmerecord p ON p.id = b.programme_id
    WHERE p.slug = programme_wanted FOR UPDATE OF b;
    IF FOUND THEN
        key_known := EXISTS (SELECT 1 FROM books_entry e WHERE e.books_id = number AND e."key" = key_wanted);
        RETURN NEXT;
    END IF;
END
$$
-- next

CREATE OR REPLACE FUNCTION books_write(
    number bigint, of_books bigint, place bigint, named text, sort text, effective date, recorded timestamptz,
    submitted text, taken_back text, spots bigint[], amounts bigint[], bins bigint[], counts bigint[],
    term_names text[], term_ofs text[], term_ons text[], term_values text[],
    private_names text[], private_hashes text[], private_texts text[], private_salts text[],
    tree bytea, leaf_hash bytea, root_hash bytea
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
BEGIN
    INSERT INTO books_entry (id, books_id, position, "key", kind, effective_on, recorded_at, body, takes_back_id)
    VALUES (number, of_books, place, named, sort, effective, recorded, submitted, CASE WHEN taken_back <> '' THEN (
        SELECT o.id FROM books_entry o WHERE o.books_id = of_books AND o."key" = taken_back) END);
    INSERT INTO books_posting (entry_id, number, spot_id, amount, effective_on)
    SELECT books_write.number, x.nth - 1, x.spot, x.amount, effective
    FROM unnest(spots, amounts) WITH ORDINALITY AS x (spot, amount, nth);
    IF cardinality(bins) > 0 THEN
        INSERT INTO books_goods (entry_id, number, bin_id, units)
        SELECT books_write.number, x.nth - 1, x.bin, x.units
        FROM unnest(bins, counts) WITH ORDINALITY AS x (bin, units, nth);
    END IF;
    IF cardinality(term_names) > 0 THEN
        INSERT INTO books_term (entry_id, number, name, about, beside, value)
        SELECT books_write.number, x.nth - 1, x.name, x.about, x.beside, x.value
        FROM unnest(term_names, term_ofs, term_ons, term_values) WITH ORDINALITY
            AS x (name, about, beside, value, nth);
    END IF;
    IF cardinality(private_names) > 0 THEN
        INSERT INTO books_private (entry_id, name, commitment, text, salt)
        SELECT books_write.number, x.name, x.hash, x.content, x.salt
        FROM unnest(private_names, private_hashes, private_texts, private_salts) AS x (name, hash, content, salt);
    END IF;
    UPDATE books SET size = size + 1, newest_id = number, peaks = tree WHERE id = of_books AND size = place;
    INSERT INTO books_seal (id, leaf, root) VALUES (number, leaf_hash, root_hash);
END
$$
-- next

REVOKE EXECUTE ON FUNCTION books_open, books_write FROM PUBLIC
-- next

CREATE FUNCTION records_instrumentversion_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'versions of instruments are only added';
END
$$
-- next

CREATE TRIGGER records_instrumentversion_no_change BEFORE UPDATE OR DELETE ON records_instrumentversion
FOR EACH ROW EXECUTE FUNCTION records_instrumentversion_refuse()

-- How many groups of cron ticks have been stored: tells whether one whose commit is unclear was.
CREATE TABLE carabiner.cron_ticks (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    number bigint NOT NULL
);
INSERT INTO carabiner.cron_ticks (number) VALUES (0);

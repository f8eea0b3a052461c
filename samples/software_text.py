"""The words of the software sample: abstract, description and claims of a drift detector for sensor reports."""

from samples.grant import Description
from samples.software_inserts import inserts

TITLE = "Bounded-memory drift detection with rate-limited reporting for sensor gateways"

ABSTRACT = (
    "A gateway receives samples of a plurality of sensors and keeps one record of fixed size for each of at "
    "most a maximum number of sources. Each sample is normalized by a level and a spread that are learned "
    "from the source itself. Two cumulative sums of the normalized deviation are compared with a threshold. "
    "When one of the sums exceeds the threshold, both sums are reset, and a candidate report is suppressed "
    "as a duplicate, sent, or written into a pending slot, depending on a direction of the drift, a hold "
    "time and a token count. A later sample releases the pending report as soon as a token is available."
)

SUMMARY = """# TECHNICAL FIELD

The present disclosure relates to monitoring of sensor data, and more particularly to a method, a system and a storage
medium for detecting drift in streams of samples and for limiting a number of reports that are sent over an uplink.

# BACKGROUND

Gateways in buildings and factories collect samples of many sensors and report changes to a server. The uplink of such
a gateway is often a battery-powered radio, so that each report costs energy and airtime.

A simple approach is to report whenever a sample differs from the last report by more than a fixed dead band. A
problem with a fixed dead band is that it must be tuned for every sensor. If it is too narrow, noise triggers reports;
if it is too wide, a slow drift is reported late or not at all.

Statistical change detectors are known that learn from a long history of samples. However, storing a history for each
sensor exceeds the memory of small gateways. A further drawback is that a single disturbance, such as a door that
opens and closes, triggers many reports within seconds and thereby blocks the uplink for other sensors.

Therefore, there is a need for a method that adapts itself to each sensor, that needs a fixed amount of memory, and
that limits the number of reports without losing the most recent state.

# SUMMARY

According to one aspect, a computer-implemented method comprises receiving samples of a plurality of sources, and
storing for each source a record of fixed size with a level, a spread, an upper sum and a lower sum. For each sample a
normalized deviation is computed from the level and the spread. The upper sum and the lower sum are updated with the
normalized deviation and are compared with a threshold.

When one of the sums exceeds the threshold, both sums are reset to zero and a candidate report with a direction is
formed. The candidate report is suppressed when it repeats a direction within a hold time without a sufficient change.
The candidate report is sent when a token is available, and is otherwise written into a pending slot that holds only
one report.

The method has the advantage that no dead band needs to be tuned, because the level and the spread are learned from
each source. Since learning is paused while the normalized deviation is large, an outlier does not inflate the spread.

Memory is bounded because a record has a fixed size and the number of records is limited. The number of reports is
bounded by a refill rate of the tokens. As the pending slot is overwritten by a newer candidate report, the server
always receives the most recent state, which improves the usefulness of a delayed report."""

DRAWINGS = """# BRIEF DESCRIPTION OF THE DRAWINGS

FIG. 1 is a block diagram of a monitoring system according to an embodiment;

FIG. 2 is a flow chart of a method of processing a sample;

FIG. 3 is a flow chart of handling a candidate report in the method of FIG. 2; and

FIG. 4 is a graph of samples and cumulative sums over time in a worked example."""

DETAILED = """# DETAILED DESCRIPTION

FIG. 1 shows a monitoring system {100} with a plurality of sensors {102}, a gateway {104} and a server {126}. The
gateway {104} comprises a processor {106}, a memory {108}, a receiving interface {110} and an uplink interface {124}.
The processor {106} executes instructions that implement a drift detector {112}, a duplicate filter {114} and a rate
limiter {116}.

The memory {108} stores records {118}, one for each source. A source is one of the sensors {102} or one channel of it,
and is identified by a source identifier. Each of the records {118} has one of the pending slots {122}. The memory
{108} may be a random access memory of 32 KB; the instructions are stored in a non-transitory flash memory of the
gateway {104}.

Each of the records {118} contains a level m, a spread s, an upper sum P, a lower sum N, a token count b, a time of
the last sample, a direction d of the last report, a time t_(r) and a value x_(r) of the last report, and the pending
slot {122}. A record {118} therefore has a fixed size, irrespective of the number of samples that were received.

FIG. 2 shows a method of processing one sample. In step {S101} the receiving interface {110} receives a sample that
consists of a time t in seconds and a value x of a source. In step {S102} the record {118} of the source is looked up.
If there is no such record {118}, a new one is created. If the number of records {118} has already reached a maximum
number C, the record {118} whose last sample is oldest is evicted first.

In step {S103} it is checked whether a warm-up is complete. During the warm-up, the first W samples of a source are
collected in step {S104}. With the last of them, the level m is set to the arithmetic mean of the W values, the spread
s is set to the greater of a least spread s_(min) and the mean absolute deviation of the W values from the level m,
and the token count b is set to a bucket size B. No report is formed during the warm-up.

In step {S105} the token count b is refilled by a refill rate r multiplied by the time that has passed since the
previous sample of the source, but not beyond the bucket size B. A normalized deviation z is then computed as z = (x -
m) / s and is limited to a range from -z_(max) to z_(max). The limitation prevents a single faulty sample from
dominating the sums.

In step {S106} the upper sum P and the lower sum N are updated according to the following equation, in which k is a
slack and the index i counts the samples:

@equation

The slack k lets the sums decay to zero while the samples fluctuate about the level m, whereas a persistent deviation
of more than k times the spread s accumulates. A slow drift is thus detected although no single sample is conspicuous.

In step {S107} the upper sum P and the lower sum N are compared with a threshold h. If P > h or N > h, a candidate
report is handled in step {S108} as described below with reference to FIG. 3. The comparison uses the sums before they
are reset.

Otherwise it is checked in step {S109} whether the absolute value of the normalized deviation z is at most a quiet
limit q. If so, the level m and the spread s are adapted in step {S110}. With an error e = x - m, where m is the level
before the adaptation, the level is set to m + a e, and the spread is set to the greater of s_(min) and (1 - c) s + c
|e|, where a is a level rate and c is a spread rate. If that value exceeds the quiet limit q, the level m and the
spread s are left unchanged.

In step {S111} a pending report is released if the pending slot {122} is not empty, at least one token is available
and no report was sent for the present sample. One token is taken, the released report becomes the last report with
the time of the present sample, and the pending slot {122} is cleared.

FIG. 3 shows how a candidate report is handled. In step {S120} the direction d is set to +1 if the upper sum P exceeds
the threshold h and to -1 otherwise, and both sums are reset to zero.

In step {S121} the duplicate filter {114} checks whether the candidate report is a duplicate. It is a duplicate if
three conditions are met: the last report has the same direction d; less than a hold time T has passed since the last
report; and an absolute difference between the value x and the value x_(r) of the last report is at most a change
factor g times the spread s. A duplicate is suppressed.

If the candidate report is not a duplicate, the rate limiter {116} checks in step {S122} whether the token count b is
at least one. If so, the report is sent through the uplink interface {124} in step {S123}, one token is taken, the
time, value and direction of the last report are updated, and the pending slot {122} is cleared.

If no token is available, the candidate report is written into the pending slot {122} in step {S124}. A report that is
already in the pending slot {122} is overwritten. The gateway {104} thus never stores more than one delayed report for
each source.

In step {S125}, irrespective of whether the candidate report was suppressed, sent or deferred, the level m is moved
toward the value x, namely to m + j (x - m), where j is a jump factor. The spread s is not changed. This lets the
drift detector {112} follow a step of the value x within a few samples.

Table 1 lists preferred values of the parameters. The values apply to all sources and need not be tuned for a single
one of the sensors {102}.

@parameters

In general, the threshold h may lie between 3 and 8 and the slack k between 0.25 and 1. A higher threshold h makes
false reports rarer but delays the detection. With the preferred values, each record {118} takes 60 bytes, so that 256
records take about 15 KB of the memory {108}.

# WORKED EXAMPLE

Table 2 lists the samples of one source and the results of the method with the values of Table 1. The columns P and N
give the sums as compared in step {S107}, the columns m, s and b give the level, the spread and the token count after
the sample was processed. Numbers are rounded to four decimal places.

@example

A curve {130} in FIG. 4 shows the values x, and a curve {132} shows the upper sum P of Table 2. The thin line shows
the lower sum N, and the dashed line shows the threshold h.

@story

A comparative gateway with a fixed dead band of 0.2 sends @deadband reports for the same samples, whereas the method
sends @sent reports. The uplink is thereby relieved, and yet the step at the time of 12 s is reported without delay.

# VARIATIONS

The token count b may be shared by all sources of the gateway {104}, so that the total number of reports is bounded.
In this case pending reports are released in the order of the times at which they were deferred.

The times may be given by the sensors {102} or by a clock of the gateway {104}. If a sample has an earlier time than
the previous sample of the same source, the sample is discarded.

The embodiments are examples and do not limit the claims. The steps may be executed in a different order where the
result is the same, and may be distributed between the gateway {104} and the server {126}."""

CLAIMS = (
    """1. A computer-implemented method of reporting drift in sensor data, the method comprising:
  receiving samples of a plurality of sources, each sample comprising a time and a value;
  storing, for each of the sources, a record of fixed size comprising a level, a spread, an upper sum and a \
lower sum;
  computing, for each of the samples, a normalized deviation by dividing a difference between the value and \
the level by the spread;
  updating the upper sum by adding the normalized deviation less a slack, and updating the lower sum by \
subtracting the normalized deviation and the slack, neither of the sums falling below zero;
  when one of the upper sum and the lower sum exceeds a threshold:
    resetting the upper sum and the lower sum to zero,
    forming a candidate report having a direction, and
    suppressing the candidate report when a last report of the source has the same direction, is younger than \
a hold time, and differs in value from the sample by at most a change factor times the spread;
  sending the candidate report that is not suppressed when a token is available, and otherwise writing the \
candidate report into a pending slot of the record; and
  releasing the candidate report from the pending slot when a later sample is received and a token is \
available.""",
    (
        "2. The method of [claim 1], further comprising adapting the level and the spread to the sample only "
        "when neither of the sums exceeds the threshold and an absolute value of the normalized deviation is at "
        "most a quiet limit."
    ),
    (
        "3. The method of [claim 1], wherein the normalized deviation is limited to a range between a negative "
        "and a positive clip value before the sums are updated."
    ),
    (
        "4. The method of any one of [claims 1] to {3}, further comprising moving the level toward the value by "
        "a jump factor when one of the sums exceeds the threshold."
    ),
    (
        "5. The method of [claim 1], wherein writing the candidate report into the pending slot overwrites an "
        "earlier candidate report in the pending slot."
    ),
    (
        "6. The method of [claim 1], wherein tokens are added to a token count at a refill rate up to a bucket "
        "size, and each report that is sent or released takes one token."
    ),
    (
        "7. The method of [claim 1], further comprising, before computing the normalized deviation, collecting "
        "a predetermined number of samples of the source and setting the level to a mean of the collected "
        "samples and the spread to the greater of a least spread and a mean absolute deviation of the collected "
        "samples."
    ),
    (
        "8. The method of [claim 1], further comprising evicting the record whose last sample is oldest when a "
        "record is to be created and a number of the records has reached a maximum number."
    ),
    "9. The method of [claim 1], wherein the slack is between 0.25 and 1 and the threshold is between 3 and 8.",
    """10. A monitoring system comprising:
  a receiving interface configured to receive samples of a plurality of sources;
  an uplink interface;
  a memory storing, for each of the sources, a record comprising a level, a spread, two cumulative sums, a \
token count and a pending slot; and
  a processor configured to:
    normalize each of the samples by the level and the spread,
    update the cumulative sums and compare them with a threshold,
    suppress a candidate report that repeats a direction within a hold time, and
    send the candidate report that is not suppressed through the uplink interface or write it into the pending \
slot, depending on the token count.""",
    (
        "11. The monitoring system of [claim 10], wherein the processor is further configured to clear the "
        "pending slot when a report of the same source is sent."
    ),
    (
        "12. The monitoring system of [claim 10], wherein the record has a fixed size and the memory stores at "
        "most a maximum number of records."
    ),
    (
        "13. The monitoring system of [claim 10] or [claim 12], wherein the processor, the memory, the "
        "receiving interface and the uplink interface are parts of a battery-powered gateway."
    ),
    """14. A non-transitory computer-readable medium storing instructions that, when executed by a processor, cause \
the processor to perform operations comprising:
  storing a level, a spread, an upper sum and a lower sum for a source of samples;
  updating the upper sum and the lower sum with a deviation of a sample from the level that is normalized by \
the spread;
  forming a candidate report and resetting the upper sum and the lower sum when one of them exceeds a \
threshold; and
  sending the candidate report, suppressing it as a duplicate, or deferring it in a pending slot according to \
a hold time and a token count.""",
    (
        "15. The non-transitory computer-readable medium of [claim 14], wherein the operations further comprise "
        "leaving the level and the spread unchanged when the normalized deviation exceeds a quiet limit and no "
        "candidate report is formed."
    ),
)

DESCRIPTION = Description("", SUMMARY, DRAWINGS, DETAILED, inserts())

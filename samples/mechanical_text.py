"""The words of the mechanical sample: abstract, description and claims of a quick-release tube clamp."""

from samples.grant import Description

TITLE = "Quick-release tube clamp with over-center cam lever"

ABSTRACT = (
    "A tube clamp includes a base plate carrying a lower jaw with a lower seat, an upper jaw hinged to the lower jaw "
    "by a hinge pin, and a swing bolt that pivots into an open slot of the upper jaw. A cam lever is mounted on the "
    "swing bolt by a barrel nut that is threaded onto a shank of the swing bolt. An eccentric cam surface of the cam "
    "lever bears on a thrust washer and draws the upper jaw toward the lower jaw. In a clamped position a cam center "
    "lies beyond a dead center of the cam lever, so that a clamping force holds the cam lever down. The clamping "
    "force is adjusted by turning the barrel nut along the shank, and the tube clamp is opened without a tool."
)

RELATED = """# CROSS-REFERENCE TO RELATED APPLICATION

This application claims the benefit of U.S. Provisional Application No. 99/400,001, filed Sep. 16, 2019, the entire
content of which is incorporated herein by reference."""

SUMMARY = """# TECHNICAL FIELD

The present disclosure relates to clamps for tubes, rods and poles, and more particularly to a tube clamp that is
opened and closed by hand with a cam lever.

# BACKGROUND

Tubes of camera rigs, laboratory frames and trailer racks are often held by split clamps. In a known split clamp two
half shells are pressed together by two screws. Each adjustment of the tube requires a hex key, and the screws must be
loosened and tightened in turn.

A drawback of such split clamps is that the clamping force depends on the torque that a user happens to apply. Too
little torque lets the tube rotate under load, whereas too much torque dents thin-walled tubes. A further problem is
that the screws and the detached half shell are easily lost in the field.

Clamps with a cam lever are also known. In many of them the cam acts directly on the jaw, so that the cam digs a
groove into the jaw after some hundred cycles. Moreover, vibration may cause the lever to creep open, because the cam
is held by friction alone.

There is therefore a need for a tube clamp that can be opened without a tool, that keeps all of its parts together
when open, that holds a repeatable clamping force, and that does not open by itself under vibration.

# SUMMARY

It is an object of the present disclosure to provide a tube clamp that overcomes at least one of the above problems.

According to one aspect, a tube clamp comprises a base plate, a lower jaw with a lower seat, an upper jaw with an
upper seat, a swing bolt and a cam lever. The upper jaw is hinged to the lower jaw at a first side. The swing bolt is
pivoted to the lower jaw at a second side and swings into an open slot of the upper jaw. The cam lever is mounted on
the swing bolt by a barrel nut, and an eccentric cam surface of the cam lever draws the upper jaw toward the lower
jaw.

In a clamped position, a cam center of the cam lever lies beyond a dead center by an over-center angle. The clamping
force thereby urges the cam lever further toward the clamped position, which prevents the cam lever from creeping
open.

Because the barrel nut is threaded onto the swing bolt, the clamping force is set once by turning the swing bolt
relative to the barrel nut and is then repeated at every closing. A thrust washer between the cam surface and the
upper jaw spreads the load and thus avoids wear of the upper jaw.

According to another aspect, a method of clamping a tube comprises laying the tube into the lower seat, lowering the
upper jaw, swinging the swing bolt into the open slot, and turning the cam lever beyond its dead center."""

DRAWINGS = """# BRIEF DESCRIPTION OF THE DRAWINGS

FIG. 1 is a perspective view of a tube clamp according to an embodiment in a clamped position;

FIG. 2 is a front elevational view of the tube clamp of FIG. 1;

FIG. 3 is a right side elevational view of the tube clamp of FIG. 1;

FIG. 4 is a top plan view of the tube clamp of FIG. 1;

FIG. 5 is a sectional view taken along line 5-5 of FIG. 4;

FIG. 6 is an exploded perspective view of the tube clamp of FIG. 1;

FIG. 7 is a front elevational view of the tube clamp of FIG. 1 in a released position; and

FIG. 8 is an enlarged front view of the cam lever, the barrel nut and the thrust washer of FIG. 2."""

DETAILED = """# DETAILED DESCRIPTION

Embodiments are described below with reference to the drawings, in which like reference numerals denote like parts.
Terms such as upper, lower, front and right refer to the orientation of FIG. 2 and do not limit the use of the clamp.

FIGS. 1 to 4 show a tube clamp {10} in a clamped position. The tube clamp {10} has a base plate {12} that is fastened
to a support by screws through four mounting holes {14}. In the embodiment, the base plate {12} is 108 mm long, 52 mm
wide and 8 mm thick, and each of the mounting holes {14} has a diameter of 6.6 mm.

A lower jaw {16} rises from a middle portion of the base plate {12}. The lower jaw {16} and the base plate {12} are
formed as one piece, for example milled from an aluminum alloy. A lower seat {18} in the shape of a half cylinder is
formed in an upper face of the lower jaw {16}. The lower seat {18} has a radius of 16 mm about a tube axis that lies
32 mm above a bottom face of the base plate {12}.

On a first side, shown at the left in FIG. 2, the lower jaw {16} carries two hinge ears {20}. A hinge pin {22} with a
diameter of 6 mm extends through both hinge ears {20}. The hinge pin {22} is parallel to the tube axis and is secured
by a retaining ring {30}, which is shown in FIG. 4.

An upper jaw {24} is pivotally mounted on the hinge pin {22}. The upper jaw {24} has an upper seat {26} that faces the
lower seat {18}, and a knuckle {28} that is received between the hinge ears {20}. The knuckle {28} is 15.6 mm wide,
while a distance between the hinge ears {20} is 16 mm, so that the upper jaw {24} swings freely without tilting.

On a second side, opposite to the first side, the lower jaw {16} carries two clevis lugs {32}. A pivot pin {34}
extends through the clevis lugs {32} parallel to the hinge pin {22}. A swing bolt {36} has an eye {38} at its lower
end, and the eye {38} is pivotally received on the pivot pin {34} between the clevis lugs {32}.

The swing bolt {36} has a shank {40} with a diameter of 7 mm. An upper portion of the shank {40} is threaded with a
pitch of 1.5 mm. The upper jaw {24} has a tongue {42} that projects over the clevis lugs {32}. An open slot {44} in
the tongue {42} is 8.4 mm wide and opens away from the hinge pin {22}, so that the shank {40} can swing into and out
of the open slot {44} in a plane perpendicular to the tube axis.

As shown in FIG. 5, a thrust washer {46} surrounds the shank {40} and lies on the tongue {42}. The thrust washer {46}
is made of hardened steel and is 3 mm thick. A barrel nut {48} with a diameter of 9 mm is threaded onto the shank {40}
above the thrust washer {46}. The barrel nut {48} extends across the shank {40} and protrudes on both sides of it.

A cam lever {50} is pivotally mounted on the barrel nut {48}. The cam lever {50} has two cam lobes {52}, each with a
cam surface {54}, and a handle {56} that joins the cam lobes {52}. A clearance slot {58} separates the cam lobes {52}
and extends into the handle {56}, so that the cam lever {50} straddles the shank {40} in every position.

The handle {56} extends from the cam lobes {52} toward the first side and lies over the upper jaw {24} in the clamped
position. A hand that grips the handle {56} therefore never reaches beyond the base plate {12}. The handle {56} is
about 72 mm long and 22 mm wide.

With reference to FIG. 8, the cam surface {54} is a circular cylinder about a cam center {72}. The cam center {72} is
offset from a lever axis {70}, which is the axis of the barrel nut {48}, by an eccentricity of 2.5 mm. The cam surface
{54} has a radius of 10 mm.

When the cam lever {50} is turned about the lever axis {70}, a distance between the lever axis {70} and the thrust
washer {46} varies between 7.5 mm and 12.5 mm. The distance is greatest at a dead center, in which the cam center {72}
lies on a straight line between the lever axis {70} and the thrust washer {46}.

In the clamped position of FIG. 8 the cam center {72} has passed the dead center by an over-center angle of 10
degrees. At this angle the distance has decreased from its maximum by only 0.04 mm, so that nearly the whole clamping
force is retained. The clamping force now acts on a lever arm of 0.43 mm and urges the handle {56} toward the upper
jaw {24}. As a result, vibration cannot move the cam lever {50} over the dead center, and the tube clamp {10} stays
closed without a separate latch.

The over-center angle is preferably between 5 degrees and 15 degrees. If the over-center angle is smaller than 5
degrees, manufacturing tolerances may cancel it. If it is larger than 15 degrees, more than 0.08 mm of clamping travel
is lost and the handle {56} snaps over noticeably.

A lower liner {60} is inserted into the lower seat {18}, and an upper liner {62} is inserted into the upper seat {26}.
The lower liner {60} and the upper liner {62} are made of an elastomer with a hardness of 80 Shore A and are 2 mm
thick. They protect a surface of the tube and raise the friction between the tube and the jaws.

Each of the lower liner {60} and the upper liner {62} has lips {64} at both ends. The lips {64} overlap the front and
rear faces of the lower jaw {16} and the upper jaw {24}, and thereby keep the liners from sliding along the tube axis.
The liners can be replaced without a tool.

In the clamped position a gap {66} of 4 mm remains between the lower jaw {16} and the upper jaw {24}. Owing to the gap
{66}, the clamping force is carried by the tube and not by a stop, and tubes with an outer diameter between 27.5 mm
and 28.5 mm are held with the same setting.

FIG. 6 shows the parts of the tube clamp {10} before assembly. The hinge pin {22} is inserted from the front through
the hinge ears {20} and the knuckle {28} and is secured by the retaining ring {30}. The pivot pin {34} is inserted
through the clevis lugs {32} and the eye {38} and is held by a press fit.

The thrust washer {46} is placed on the shank {40}. The barrel nut {48} is inserted into the cam lobes {52}, and the
shank {40} is then screwed into the barrel nut {48}. After assembly no part can be lost, because the thrust washer
{46} is captured between the eye {38} and the cam lobes {52}.

FIG. 7 shows the tube clamp {10} in a released position. To release the tube clamp {10}, the handle {56} is lifted, so
that the cam lobes {52} turn back over the dead center and the distance between the lever axis {70} and the thrust
washer {46} decreases. The swing bolt {36} is then swung outwardly about the pivot pin {34} until the shank {40} has
left the open slot {44}, and the upper jaw {24} is lifted about the hinge pin {22}.

To clamp a tube, the tube is laid into the lower liner {60}. The upper jaw {24} is lowered, the swing bolt {36} is
swung into the open slot {44}, and the thrust washer {46} is placed against the tongue {42}. Finally the handle {56}
is pressed down until the cam center {72} has passed the dead center.

The clamping force is adjusted as follows. The cam lever {50} is raised and the swing bolt {36} is swung outwardly.
The cam lever {50} is then turned about the shank {40} together with the barrel nut {48} by half a turn or a multiple
thereof. Each half turn moves the barrel nut {48} by 0.75 mm along the shank {40}.

In a test, a steel tube with a diameter of 28 mm was clamped 5,000 times with a hand force of 60 N at the end of the
handle {56}. The clamping force was 2.1 kN in the first cycle and 2.0 kN in the last cycle. No groove was visible on
the tongue {42}, which shows the advantage of the thrust washer {46}.

In a vibration test at 30 Hz with an amplitude of 2 mm for 8 hours, the cam lever {50} did not move. A comparable
clamp whose cam stood at the dead center opened after 40 minutes.

In a modification, the lower seat {18} and the upper seat {26} are V-shaped, so that tubes of different diameters are
centered. In another modification, the base plate {12} is omitted and the lower jaw {16} is welded to a frame.

The thrust washer {46} may be replaced by a stack of disc springs. The disc springs widen the range of tube diameters
that can be held with one setting of the barrel nut {48}.

The embodiments described above are examples. Features of different embodiments may be combined, and the scope of
protection is defined by the appended claims."""

CLAIMS = (
    """1. A tube clamp comprising:
  a base plate;
  a lower jaw arranged on the base plate and having a lower seat for a tube, the lower jaw including:
    two hinge ears at a first side of the lower seat, and
    two clevis lugs at a second side of the lower seat opposite to the first side;
  an upper jaw having an upper seat facing the lower seat, a knuckle received between the hinge ears, and a \
tongue with an open slot;
  a hinge pin extending through the hinge ears and the knuckle;
  a swing bolt having an eye, which is pivotally received between the clevis lugs, and a shank, which is \
swingable into the open slot;
  a barrel nut threaded onto the shank; and
  a cam lever pivotally mounted on the barrel nut about a lever axis and having a cam surface that is \
eccentric to the lever axis,
  wherein turning the cam lever about the lever axis into a clamped position draws the upper jaw toward the \
lower jaw.""",
    (
        "2. The tube clamp of [claim 1], further comprising a thrust washer that surrounds the shank between "
        "the cam surface and the tongue."
    ),
    (
        "3. The tube clamp of [claim 2], wherein the thrust washer is made of hardened steel and the upper jaw "
        "is made of an aluminum alloy."
    ),
    (
        "4. The tube clamp of any one of [claims 1] to {3}, wherein in the clamped position a cam center of the "
        "cam surface lies beyond a dead center of the cam lever by an over-center angle."
    ),
    "5. The tube clamp of [claim 4], wherein the over-center angle is between 5 degrees and 15 degrees.",
    """6. The tube clamp of [claim 1], wherein the cam lever comprises:
  two cam lobes, each of which has a part of the cam surface;
  a handle joining the cam lobes; and
  a clearance slot between the cam lobes, in which the shank is received.""",
    (
        "7. The tube clamp of [claim 6], wherein the handle extends from the cam lobes toward the first side "
        "and lies over the upper jaw in the clamped position."
    ),
    (
        "8. The tube clamp of [claim 1], wherein the cam surface is a circular cylinder about a cam center that "
        "is offset from the lever axis by an eccentricity of at least 2 mm."
    ),
    (
        "9. The tube clamp of [claim 1], further comprising a lower liner in the lower seat and an upper liner "
        "in the upper seat, the lower liner and the upper liner being made of an elastomer."
    ),
    (
        "10. The tube clamp of [claim 9], wherein each of the lower liner and the upper liner has lips at both "
        "ends that overlap faces of the lower jaw and the upper jaw."
    ),
    (
        "11. The tube clamp of [claim 1], wherein a gap remains between the lower jaw and the upper jaw in the "
        "clamped position."
    ),
    (
        "12. The tube clamp of [claim 1], wherein the base plate and the lower jaw are formed as one piece, and "
        "the base plate has a plurality of mounting holes."
    ),
    (
        "13. The tube clamp of [claim 1], wherein the hinge pin is parallel to an axis of the tube and is "
        "secured by a retaining ring."
    ),
    """14. A clamp assembly comprising:
  a first jaw and a second jaw hinged to each other by a hinge pin;
  a bolt pivoted to the first jaw and swingable into an open slot of the second jaw;
  a nut threaded onto the bolt;
  a lever mounted on the nut and having two cam lobes that straddle the bolt; and
  a washer surrounding the bolt between the cam lobes and the second jaw,
  wherein a center of the cam lobes passes a dead center by an angle between 5 degrees and 15 degrees when the \
lever is turned into a clamped position.""",
    (
        "15. The clamp assembly of [claim 14], wherein the washer is captured on the bolt between the cam lobes "
        "and an eye of the bolt."
    ),
    "16. The clamp assembly of [claim 14] or [claim 15], wherein the nut is a barrel nut on which the lever turns.",
    """17. A method of clamping a tube with the tube clamp of [claim 1], the method comprising:
  laying the tube into the lower seat;
  lowering the upper jaw about the hinge pin onto the tube;
  swinging the swing bolt into the open slot; and
  turning the cam lever about the lever axis into the clamped position.""",
    (
        "18. The method of [claim 17], further comprising, before turning the cam lever, adjusting a clamping "
        "force by turning the barrel nut relative to the shank."
    ),
)

DESCRIPTION = Description(RELATED, SUMMARY, DRAWINGS, DETAILED)

"""One small document of each shape that the office used before 2005, for tests of reading them."""

PAP = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE patent-application-publication SYSTEM "pap-v15-2001-01-31.dtd" [
<!ENTITY US20010009999A1-20010719-D00001.TIF SYSTEM "US20010009999A1-20010719-D00001.TIF" NDATA TIF>
]>
<patent-application-publication>
<subdoc-bibliographic-information>
<document-id><doc-number>20010009999</doc-number><kind-code>A1</kind-code><document-date>20010719</document-date>
</document-id>
<publication-filing-type>new</publication-filing-type>
<domestic-filing-data><application-number><doc-number>09777392</doc-number></application-number>
<filing-date>20010205</filing-date></domestic-filing-data>
<foreign-priority-data><priority-application-number><doc-number>11-097727</doc-number></priority-application-number>
<filing-date>19990507</filing-date><country-code>JP</country-code></foreign-priority-data>
<technical-information>
<classification-ipc><classification-ipc-primary><ipc>F16K001/22</ipc></classification-ipc-primary></classification-ipc>
<classification-us><classification-us-primary><uspc><class>137</class><subclass>015000</subclass></uspc>
</classification-us-primary></classification-us>
<title-of-invention>Valve &dgr;&zzz;</title-of-invention></technical-information>
<continuity-data><division-of><parent-child>
<child><document-id><doc-number>09777392</doc-number></document-id></child>
<parent><document-id><doc-number>09432885</doc-number><document-date>19991102</document-date>
<country-code>US</country-code></document-id></parent></parent-child></division-of>
<non-provisional-of-provisional><document-id><doc-number>60128037</doc-number>
<document-date>19990406</document-date><country-code>US</country-code></document-id></non-provisional-of-provisional>
</continuity-data>
<inventors><first-named-inventor><name><given-name>Ann</given-name><middle-name>B.</middle-name>
<family-name>Smith</family-name></name><residence><residence-us><city>Reno</city><state>NV</state>
<country-code>US</country-code></residence-us></residence></first-named-inventor></inventors>
<assignee><organization-name>Valve Works</organization-name></assignee>
</subdoc-bibliographic-information>
<subdoc-abstract><heading lvl="0">Abstract of Disclosure</heading>
<paragraph id="A-00001">A valve.</paragraph></subdoc-abstract>
<subdoc-description>
<cross-reference-to-related-applications>
<paragraph id="P-00001"><number>&lsqb;0001&rsqb;</number> A division.</paragraph>
</cross-reference-to-related-applications>
<background-of-invention><section><heading lvl="0">Background</heading>
<paragraph id="P-00002"><number>2.</number> Valves leak.</paragraph></section></background-of-invention>
<brief-description-of-drawings>
<paragraph id="P-00003"><number>3.</number> <cross-reference target="DRAWINGS">FIG. 1</cross-reference> is a view.
</paragraph></brief-description-of-drawings>
<detailed-description><section><paragraph id="P-00004"><number>4.</number> The valve
<highlight><bold>10</bold></highlight> at 5&mgr;m.
<table-cwu id="T"><number>1</number><table><tgroup cols="2"><tbody>
<row><entry>x</entry><entry>2</entry></row><row><entry>y</entry><entry>3</entry></row>
</tbody></tgroup></table></table-cwu></paragraph></section></detailed-description>
</subdoc-description>
<subdoc-claims><heading lvl="1">What is claimed is:</heading>
<claim id="CLM-00001"><claim-text><highlight><bold>1</bold></highlight>. A valve comprising:
<claim-text>a seat; and</claim-text><claim-text>a stem.</claim-text></claim-text></claim>
<claim id="CLM-00002"><claim-text><highlight><bold>2</bold></highlight>. The valve of
<dependent-claim-reference depends_on="CLM-00001"><claim-text>claim 1</claim-text></dependent-claim-reference>,
of steel.</claim-text></claim>
<claim id="CLM-00003"><claim-text><highlight><bold>3</bold></highlight>. The valve of
<dependent-claim-reference depends_on="CLM-00001 CLM-00002">claim 1 or 2</dependent-claim-reference>.
</claim-text></claim>
</subdoc-claims>
<subdoc-drawings id="DRAWINGS"><heading lvl="0">Drawings</heading><representative-figure>1</representative-figure>
<figure id="figure-D00001"><image id="EMI-D00001" file="US20010009999A1-20010719-D00001.TIF" imf="TIFF" ti="DR"/>
</figure></subdoc-drawings>
</patent-application-publication>
"""

XML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PATDOC SYSTEM "ST32-US-Grant-025xml.dtd" [
<!ENTITY US06999999-20020108-D00000.TIF SYSTEM "US06999999-20020108-D00000.TIF" NDATA TIF>
]>
<PATDOC DTD="2.5" STATUS="Build 20020101">
<SDOBI>
<B100><B110><DNUM><PDAT>06999999</PDAT></DNUM></B110><B130><PDAT>B1</PDAT></B130>
<B140><DATE><PDAT>20020108</PDAT></DATE></B140><B190><PDAT>US</PDAT></B190></B100>
<B200><B210><DNUM><PDAT>09343526</PDAT></DNUM></B210><B220><DATE><PDAT>19990630</PDAT></DATE></B220></B200>
<B300><B310><DNUM><PDAT>10-186098</PDAT></DNUM></B310><B320><DATE><PDAT>19980701</PDAT></DATE></B320>
<B330><CTRY><PDAT>JP</PDAT></CTRY></B330></B300>
<B400><B472><B473US/><B474US><PDAT>12</PDAT></B474US></B472></B400>
<B500><B510><B511><PDAT>B32B  302</PDAT></B511><B512><PDAT>A47L  514</PDAT></B512></B510>
<B520><B521><PDAT>428 641</PDAT></B521></B520>
<B540><STEXT><PDAT>Valve &dgr;&zzz;</PDAT></STEXT></B540>
<B560><B561><PCIT><DOC><DNUM><PDAT>5422489</PDAT></DNUM><DATE><PDAT>19950600</PDAT></DATE>
<KIND><PDAT>A</PDAT></KIND></DOC></PCIT><CITED-BY-EXAMINER/></B561>
<B562><NCIT><STEXT><PDAT>Smith, Valves.</PDAT></STEXT></NCIT><CITED-BY-OTHER/></B562></B560>
<B570><B577><PDAT>2</PDAT></B577><B578US><PDAT>1</PDAT></B578US></B570>
<B590><B595><PDAT>1</PDAT></B595><B596><PDAT>3</PDAT></B596><B597US/></B590></B500>
<B600><B630><B631><PARENT-US><CDOC><DOC><DNUM><PDAT>09/343526</PDAT></DNUM></DOC></CDOC>
<PDOC><DOC><DNUM><PDAT>08/123456</PDAT></DNUM><DATE><PDAT>19990101</PDAT></DATE></DOC></PDOC>
</PARENT-US></B631></B630></B600>
<B700><B720><B721><PARTY-US><NAM><FNM><PDAT>Ann</PDAT></FNM><SNM><STEXT><PDAT>Smith</PDAT></STEXT></SNM></NAM>
<ADR><CITY><PDAT>Reno</PDAT></CITY><STATE><PDAT>NV</PDAT></STATE></ADR></PARTY-US></B721></B720>
<B730><B731><PARTY-US><NAM><ONM><STEXT><PDAT>Valve Works</PDAT></STEXT></ONM></NAM></PARTY-US></B731></B730></B700>
<B800><B860><B861><DOC><DNUM><PDAT>PCT/JP98/04545</PDAT></DNUM><DATE><PDAT>19981008</PDAT></DATE>
<CTRY><PDAT>WO</PDAT></CTRY></DOC></B861></B860></B800>
</SDOBI>
<SDOAB><BTEXT><PARA ID="P-00001" LVL="0"><PTEXT><PDAT>A valve.</PDAT></PTEXT></PARA></BTEXT></SDOAB>
<SDODE>
<RELAPP><BTEXT><PARA ID="P-00002"><PTEXT><PDAT>A continuation.</PDAT></PTEXT></PARA></BTEXT></RELAPP>
<DRWDESC><BTEXT><H LVL="1"><STEXT><PDAT>DRAWINGS</PDAT></STEXT></H>
<PARA ID="P-00003"><PTEXT><FGREF ID="DRAWINGS"><PDAT>FIG. 1</PDAT></FGREF><PDAT> is a view.</PDAT></PTEXT></PARA>
</BTEXT></DRWDESC>
<DETDESC><BTEXT><PARA ID="P-00004"><PTEXT><PDAT>H</PDAT><HIL><SB><PDAT>2</PDAT></SB></HIL><PDAT>O at 5&mgr;m.</PDAT>
</PTEXT></PARA>
<CWU><TABLE-US ID="T"><TABLE-CALS><table frame="none"><tgroup cols="2"><colspec colname="1"/><tbody>
<row><entry>x</entry><entry><PTEXT><PDAT>2</PDAT></PTEXT></entry></row><row><entry>y</entry><entry>3</entry></row>
</tbody></tgroup></table></TABLE-CALS></TABLE-US></CWU></BTEXT></DETDESC>
</SDODE>
<SDOCL><H LVL="1"><STEXT><PDAT>What is claimed is:</PDAT></STEXT></H>
<CL><CLM ID="CLM-00001"><PARA ID="P-00005"><PTEXT><PDAT>1. A valve:</PDAT></PTEXT></PARA>
<CLMSTEP LVL="2"><PTEXT><PDAT>a seat.</PDAT></PTEXT></CLMSTEP></CLM>
<CLM ID="CLM-00002"><PARA ID="P-00006"><PTEXT><PDAT>2. The valve of </PDAT><CLREF ID="CLM-00001"><PDAT>claim 1</PDAT>
</CLREF><PDAT>, of steel.</PDAT></PTEXT></PARA></CLM></CL></SDOCL>
<SDODR ID="DRAWINGS"><EMI ID="EMI-D00000" FILE="US06999999-20020108-D00000.TIF"/>
<EMI ID="EMI-D00001" FILE="US06999999-20020108-D00001.TIF"/></SDODR>
</PATDOC>
""".replace("</PDAT>\n</CLREF>", "</PDAT></CLREF>")

SGML = (
    XML.split("\n", 1)[1]
    .replace('SYSTEM "ST32-US-Grant-025xml.dtd"', 'PUBLIC "-//USPTO//DTD ST.32 US PATENT GRANT V2.4 2000-09-20//EN"')
    .replace('DTD="2.5"', 'DTD="2.4"')
    .replace("/>", ">")
    .replace("</CLREF>", "")
    .replace("<B100>", "<b100>")
)
"""The same grant as SGML: no declaration, empty elements without end, the reference before its words."""

APS = """HHHHHT    APS1      ISSUE - 760113
PATN
WKU  039999994
SRC  5
APN  4491556
APT  1
APD  19740307
TTL  Valve
ISD  19760113
NCL  2
NDR  9
NFG  10
INVT
NAM  Hoff; Don G.
CTY  Tiburon
STA  CA
ASSG
NAM  Valve Works
CTY  Tokyo
CNT  JPX
RLAP
COD  72
APN  351745
APD  19730416
PRIR
CNT  JPX
APD  19730710
APN  53/84696
CLAS
OCL  179 90K
XCL  179  2DD
ICL  H04M 1100
ICL  B60R  900
UREF
PNO  3518629
ISD  19700600
NAM  Frankel
OCL  340172.5
FREF
PNO  2191674
ISD  19700700
CNT  JPX
OREF
PAL  Smith, Valves,
      1970.
PCTA
PCN  PCT/JP79/00178
PD3  19730705
ABST
PAL  A valve with a two-
      stage seat.
BSUM
PAC  BACKGROUND
PAR  Valves leak at 5 .mu.m and
      .DELTA. 10.sup.-5.
DRWD
PAR  FIG. 1 is a view.
DETD
PAR  See
      ##STR1##
      and .unknown. code.
TBL                TABLE 1
     ____

     x    2
CLMS
STM  What is claimed is:
NUM  1.
PAR  1. A valve of:
PA1  a. H.sub.2 O; and
PA1  b. a stem.
NUM  2.
PAR  2. A part of claim 1.
""".replace("H.sub.2 O", "H.sub.2O")

DESIGN_APS = """PATN
WKU  D02388892
SRC  5
APN  4491556
APT  4
TTL  Valve
ISD  19760217
TRM  14
NCL  1
CLAS
OCL  D14486
ICL  D1402
DCLM
PAR  The ornamental design for a valve.
"""

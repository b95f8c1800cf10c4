//! The cues of polarity, as data: which words say what of the sentence they stand in.

use model::Polarity;

/// What a cue says of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// Nothing of the kind was reported.
    NoneReported,
    /// Something protects or improves freedom.
    Protection,
    /// Something that looks like protection is not: it is refused, limited or undone.
    Undone,
    /// Something limits or harms freedom.
    Violation,
    /// Diplomats, reviewers or the source itself ask, meet or recommend: no event on the ground.
    Diplomacy,
}

impl Cue {
    /// What it says by itself.
    pub fn polarity(self) -> Option<Polarity> {
        match self {
            Cue::NoneReported => Some(Polarity::NoneReported),
            Cue::Protection => Some(Polarity::Protection),
            Cue::Violation => Some(Polarity::Violation),
            Cue::Undone | Cue::Diplomacy => None,
        }
    }
}

/// Every cue with its patterns.
pub const CUES: &[(Cue, &[&str])] = &[
    (
        Cue::NoneReported,
        &[
            "(there were|there was|there are|there have been) no …5 (report~|reported|incident~|case~|instance~|complaint~|account~|claim~|prosecution~|conviction~|arrest~|attack~|example~|significant)",
            "no (known|confirmed|credible|new|further|significant|specific|public|verified|other) …2 (report~|incident~|case~|instance~|complaint~|act~|restriction~|abuse~|example~)",
            "no report~ (of|that|regarding|concerning)",
            "no reported …3 (incident~|case~|instance~|abuse~|attack~|violation~|act~|restriction~)",
            "(did not report|not report|reported no|received no|recorded no|documented no|registered no|no official) …4 (incident~|case~|complaint~|report~|instance~|attack~|act~|abuse~|discrimination|difficult*|problem~|change~|restriction~)",
            "(not aware of|unaware of) any",
            "(not been|were not|was not) reported",
        ],
    ),
    (
        Cue::Protection,
        &[
            "(constitution|constitutions|constitutional|law|laws|legislation|code|charter|decree|act|bill|provisions|regulations|statute|statutes) …12 (prohibit*|forbid~|ban~|bar~|outlaw~|criminaliz*|criminalis*|penaliz*|penalis*|punish*) …9 (discriminat*|incite*|inciting|hatred|hate|violence|torture|coerc*|forced|forcing|disrupt*|interfer*|harass*|persecut*|desecrat*|defac*|vandal*|intolerance|insult*|obstruct*)",
            "(constitution|law|laws|legislation|code|charter|decree|act|regulations) …8 (provide~ for|guarantee~|protect~|recogniz* the right*|ensure~|enshrine~|safeguard~|grant~|uphold~|allow~|permit~) …6 (freedom~|right|rights|equal*|protection~|freely|individuals|persons|citizens|everyone|all)",
            "(freedom~|right|rights) …10 (guaranteed|protected|enshrined|respected|provided for|upheld)",
            "(prohibition of|prohibiting|prohibits|prohibit|forbids|bans|banning|against) …4 discriminat*",
            "(constitution|law|laws) …8 (state~|declare~|stipulate~|hold~|specif*) …6 (secular|equal*|free)",
            "(released|freed|pardoned|acquit*|exonerat*|amnest*|commuted|overturned|annulled|dismissed the case|dropped the charges|dropped charges)",
            "(repeal*|abolish*|decriminaliz*|decriminalis*|lifted|lifting|eased|easing|ended the ban|relaxed|simplif*)",
            "(returned|restituted|restored|rebuilt|reopened|renovated|reconstruct*) …6 (propert*|church*|building~|land|mosque~|synagogue~|temple~|cemeter*|shrine~|monaster*|site~)",
            "(approved|granted|issued|awarded|extended) …5 (registration|permit~|permission|recognition|license~|licence~|visa~|legal status|legal personality|exemption~|citizenship|compensation|approval)",
            "(allowed|permitted|authorized|authorised|enabled) …6 to (worship|register|practice|practise|hold|build|operate|gather|meet|celebrate|perform|enter|conduct|attend|return|opt|provide|import|distribute|establish|teach|observe|pray)",
            "(condemned|denounced|spoke out against|apologi*|pledged|vowed to protect|deployed) …9 (attack~|violence|discriminat*|antisemit*|anti-Semit*|hate|hatred|persecution|vandal*|killing~|desecrat*|intoleranc*|extremis*|incident~|security|police|protect*|tolerance)",
            "(arrested|detained|charged|convicted|sentenced|prosecuted|indicted|fined|apprehended|tried) …9 (perpetrator~|attacker~|assailant~|suspect~|vandal~|those responsible|accused of attacking|for attacking|in connection with the attack~|in connection with the killing~|in connection with the murder~|in connection with the bombing~)",
            "(interfaith|interreligious|inter-religious|intercultural|interconfessional) (dialogue~|cooperation|council~|harmony|tolerance|understanding|event~|meeting~|group~|prayer~|initiative~|conference~)",
            "(promot*|foster*|encourag*|advocat*|support*) …5 (tolerance|coexistence|harmony|dialogue|respect|understanding|religious freedom|mutual)",
            "(generally|largely) (respected|free|tolerant|enforced)",
            "(equal treatment|equal rights|equality before the law|right to conscientious objection|alternative to military service|alternative civilian service|opt out|exempt from|exempts|exempted)",
            "(may|can) (freely|opt out|register|choose|practice|practise|worship)",
            "(improved|improvement~|improving|progress|reform~|decline in|declined|decreased|fewer) …5 (freedom|situation|relations|rights|condition~|attack~|incident~|violence|case~|arrest~|restriction~|law~|legislation|curricul*|textbook~|registration)",
        ],
    ),
    (
        Cue::Undone,
        &[
            "(but|however|although|though|yet|while|despite|except|unless|nevertheless) …14 (restrict*|limit~|limits|limited|prohibit*|den~|denied|denies|refus*|ban|banned|bans|punish*|criminaliz*|arrest*|not|impos*|discriminat*|fail*)",
            "(did not|do not|does not|not|never|no longer|refus* to|fail* to|unable to) …3 (release*|allow*|permit*|grant~|granted|issue~|approve~|return~|recognize~|recognise~|protect~|respect*|provide~|guarantee~|ensure~|register~|repeal~|enforce~|extend~|implement~)",
            "(re-arrest*|rearrest*|released on bail|released after)",
        ],
    ),
    (
        Cue::Violation,
        &[
            "(denied|denies|deny|denying|denial of|refus*|rejected|rejection of|revok*|withh*|delayed|delaying|delays in|cancel*|suspend*)",
            "(restrict*|forbid~|forbade|forbidden|prohibit*|ban|bans|banned|banning|barred|outlaw*|limit~|limits|limited|limiting|limitations on|impos*)",
            "(punish*|penaliz*|penalis*|criminaliz*|criminalis*|fine|fines|fined|imprison*|arrest*|detain*|sentenced|convicted|prosecut*|raided|raids)",
            "(discriminat*|harass*|intimidat*|threaten*|attack~|attacked|assault*|beaten|killed|kill|killing*|murder*|destroy*|destruction|demolish*|demolition|confiscat*|seiz*|expropriat*|vandal*|desecrat*|burn~|burned|burnt|closed|closure~|shut down|evict*|expel*|forced|forcibly|forcing|coerc*|abduct*|kidnap*|pressur*|persecut*|stigma*|hostil*|abus*|violat*)",
            "(without permission|without approval|without registration|without a license|without a permit)",
            "must (obtain|register|apply|receive|notify|submit|have)",
            "require~ …6 (register|registration|permission|permit~|approval|license~|authorization|notify|to obtain|to submit|to receive)",
            "(lack of|lacked|lacking|insufficient|inadequate|fail*|unable to|not allowed|not permitted|not recognize*|not recognise*|not legally|did not allow|does not allow|do not allow|not able to|cannot|could not|impunity|difficult*|obstacle~|barrier~|burdensome|cumbersome)",
            "(concern~|complain*|criticiz*|criticis*|alleg*|tension~|fear|fears|feared)",
        ],
    ),
    (
        Cue::Diplomacy,
        &[
            "(embassy|ambassador|chargé|consulate|consul general|U.S. government|U.S. officials|Department of State|State Department|Secretary of State|U.S. representatives|U.S. envoy|Assistant Secretary|Acting Ambassador) …20 (met|meet|discuss*|rais*|engag*|urg*|express*|emphasiz*|highlight*|host*|advocat*|encourag*|promot*|support*|continu*|monitor*|stress*|visit*|speak|spoke|attend*|underscor*|reiterat*|issued|posted|condemn*|designat*|fund*|hold|held|maintain*|use|used|sponsor*|organiz*|convene*|call*|commemorat*|work*|conduct*|participat*|regularly|press*|deliver*|launch*|participate*|released)",
            "(recommend*|recommendation~) (that|to|the|from|made|of|by|concerning)",
            "(enquired|inquired|commended|welcomed|noted with appreciation|noted with concern|noted with satisfaction)",
            "(Special Envoy|Office of International Religious Freedom|Country of Particular Concern|Special Watch List|Countries of Particular Concern)",
        ],
    ),
];

//! The words of attribution, as data: nouns that name speakers, by kind, verbs of saying, and words
//! that end or link what names a speaker.

use model::Speaker;

/// Words before a noun that belong to its name.
macro_rules! nouns {
    ($($noun:literal),* $(,)?) => { &[$($noun),*] };
}

/// Nouns that name speakers.
pub const SPEAKERS: &[(Speaker, &[&str])] = &[
    (
        Speaker::Government,
        nouns![
            "government",
            "governments",
            "government official~",
            "(government|state|federal|local|senior|provincial|national|embassy|consular|consulate|U.S.|security|police|military|election|prison|health|ministry|foreign|Israeli|Palestinian|ruling party) (official~|officers|authorities|representative~|leaders|minister~|spokesperson|spokesman|sources)",
            "(U.S. embassy|embassy|embassy and consulate|embassy and consulate general|Department of State) (official~|officers|representative~|staff|spokesperson)",
            "U.S. government …3 official~",
            "authorities",
            "official~",
            "(ministry|ministries)",
            "(minister|ministers)",
            "prime minister~",
            "Prime Minister",
            "president",
            "police",
            "(ambassador~|chargé d'affaires|consul general)",
            "embassy",
            "Department of State",
            "State Department",
            "Secretary of State",
            "(attorney general|public prosecutor|prosecutor~|prosecutor general)",
            "(court|courts|judge|judges|supreme court|constitutional court|tribunal)",
            "(parliament|parliamentarian~|lawmaker~|legislators|senator~|senate|congress|MPs|national assembly)",
            "(ombudsman|ombudsperson|ombudsman's office)",
            "(spokesman|spokesperson|spokeswoman)",
            "delegation",
            "head of delegation",
            "mayor~",
            "governor~",
            "(DIYANET|Diyanet)",
            "(diplomatic mission~|diplomats|diplomat)",
            "(Vice President|king|emir|sultan)",
            "commission on human rights",
            "(national human rights commission|human rights commission|electoral commission|National Electoral Commission)",
            "(political leaders|politician~|political party|political parties|ruling party)",
            "Special Envoy",
            "Ambassador at Large",
            "(secretariat|committee) of the government",
        ],
    ),
    (
        Speaker::Ngo,
        nouns![
            "NGOs",
            "NGO",
            "nongovernmental organization~",
            "non-governmental organization~",
            "(domestic|international|local|independent|human rights|civil society|rights|advocacy|activist|nongovernmental human rights|watchdog) (group~|organization~|NGO~|monitor~|advocate~|activist~|defender~|lawyer~|organisations|monitors)",
            "human rights (and civil society|groups and|organizations and) (organization~|group~)",
            "civil society",
            "civil society …3 (organization~|group~|representative~|member~|activist~)",
            "(activist~|advocate~|human rights defender~|campaigner~)",
            "(lawyer~|attorney~)",
            "(Human Rights Watch|HRW|Amnesty International|Forum 18|Freedom House|Open Doors|Christian Solidarity Worldwide|CSW|International Christian Concern|ICC|Minority Rights Group|Reporters Without Borders|Transparency International|Bitter Winter|Anti-Defamation League|ADL|Norwegian Helsinki Committee|SOVA Center|Memorial|Middle East Concern|Morning Star News|Aid to the Church in Need|Jubilee Campaign|Committee to Protect Journalists)",
            "(league|watch|advocacy network|advocacy center)",
            "rights groups",
            "(stakeholders|joint submission)",
        ],
    ),
    (
        Speaker::Media,
        nouns![
            "(media|press|newspaper~|news agency|news outlet~|media outlet~|media report~|press report~|broadcaster~|journalist~|columnist~|editor~|commentator~|news website~|news service~|news portal|blogger~|social media commentator~|social media users|television)",
            "(local|international|social|state|independent|national|foreign) (media|press)",
            "(BBC|Reuters|Associated Press|AFP|Radio Free Europe|RFA|Radio Free Asia|Al Jazeera|CNN|Xinhua|New York Times|Washington Post)",
            "(media|press|news) (reports|sources|reporting)",
        ],
    ),
    (
        Speaker::ReligiousGroup,
        nouns![
            "(religious|faith|church|Muslim|Christian|Jewish|Catholic|Protestant|Orthodox|evangelical|Baha'i|Ahmadi|Hindu|Sikh|Buddhist|Shia|Sunni|Islamic|Anglican|minority|community|Protestant and Catholic|interfaith) (leader~|leadership|group~|representative~|communit*|organization~|minorit*|figure~|official~|authorities|source~|cleric~|scholar~|member~|council~|association~)",
            "(church~|churches|bishop~|archbishop~|pastor~|priest~|imam~|rabbi~|cleric~|mufti~|patriarch|cardinal~|pope|clergy|preacher~|monk~|nun~|missionar*|Grand Mufti|chief rabbi|ayatollah|sheikh|Dalai Lama)",
            "(Jehovah's Witnesses|Witnesses|Baha'is|Ahmadis|Mormons|Rastafarians|Scientologists|Adventists|Quakers|Falun Gong practitioner~|Falun Gong|Falun Dafa|Yezidis|Alevis|Sikhs|Hindus|Buddhists|Jews|Muslims|Christians|Catholics|Protestants|Baptists|Methodists|Pentecostals|evangelicals|Druze|Copts|Uyghurs)",
            "(believer~|congregant~|worshippers|worshipers|parishioners|adherents|followers|practitioners)",
            "(members|representatives|leaders) of …8 (communit*|church*|group~|faith~|minorit*|religions|denomination~|congregation~)",
            "(council|federation|association|union|conference|fellowship|alliance) of …4 (churches|bishops|Christians|Muslims|Jewry|Jews|imams|mosques|evangelicals)",
            "(Jewish Council|Islamic Foundation|Islamic Council|Muslim Council|Council of Churches|Christian Council|bishops' conference|Episcopal Conference|Holy See|Vatican|Jewish communit*|Evangelical Alliance|Spiritual Administration)",
            "(local|some|other|several|many|unregistered|minority|smaller|Christian|Muslim) religious (group~|leader~|communit*|organization~|minorit*|representative~)",
            "religious (group~|leader~|communit*|organization~|minorit*|representative~|freedom advocates)",
        ],
    ),
    (
        Speaker::International,
        nouns![
            "(United Nations|UN|UNHCR|OHCHR|UNICEF|UNESCO|UNDP|IOM|OSCE|ODIHR|European Union|EU|European Commission|European Parliament|Council of Europe|European Court of Human Rights|ECtHR|ECHR|African Union|OAS|ILO|WHO|ICRC|ECRI|CERD|CEDAW|Human Rights Committee|High Commissioner|Venice Commission|Organization of American States)",
            "(UN|United Nations) …4 (rapporteur~|expert~|committee|working group|mission|agency|agencies|commission|group of experts|special rapporteur)",
            "special rapporteur~",
            "(working group|treaty bod*|committee on)",
            "(international organization~|international community|intergovernmental organization~)",
        ],
    ),
    (
        Speaker::Observer,
        nouns![
            "(observer~|analyst~|expert~|scholar~|academic~|researcher~|commentators|critic~|historian~|specialists|pollster~)",
            "(independent|international|domestic|local|outside|election|domestic and international|international and domestic|local and international|international election|most|some|many) (observer~|monitors|analyst~|expert~|researcher~|academic~|election monitors)",
            "(survey~|poll~|study|studies|census|think tank~|respondents|research)",
            "(Pew|Pew Research Center|Gallup|Afrobarometer|Arab Barometer|Latinobarometer|CIA World Factbook)",
        ],
    ),
    (
        Speaker::Witness,
        nouns![
            "(witness|eyewitness*|resident~|victim~|survivor~|famil*|relative~|parent~|villager~|neighbor~|individual~|refugee~|defector~|detainee~|prisoner~|student~|teacher~|convert~|plaintiff~|women|citizen~|workers|employees|asylum seekers|activists' families|family members|former detainees)",
            "(some|local|many) (individuals|persons|residents|citizens|women|converts)",
        ],
    ),
    (
        Speaker::Other,
        nouns![
            "(reports|sources|opponents|organizers|supporters|participants|commenters|candidates|opposition|opposition parties|opposition leaders|Taliban|rumors|school|company|contacts|author|businesses|organization~|group~|leaders|union~|university|others|critics)"
        ],
    ),
];

/// Verbs of saying.
pub const SAYING: &[&str] = &[
    "(said|says|say|saying|stated|states|stating|told|reported|reports that|report that|noted|notes that|noting|announced|announces|alleged|allege|alleging|claimed|claim|claims that|claiming|estimated|estimate|estimates|argued|argue|complained|complain|criticized|criticised|criticize|asserted|assert|believed|believe|described|describe|emphasized|emphasised|stressed|highlighted|underscored|underlined|warned|urged|recommended|asked|enquired|inquired|requested|commended|welcomed|acknowledged|accused|condemned|denounced|declared|affirmed|confirmed|explained|indicated|expressed|voiced|characterized|characterised|considered|judged|assessed|concluded|observed|reiterated|remarked|suggested|maintained|contended|insisted|added|denied that|mentioned|pointed out|pointed to|called on|called upon|called for|calling for|calling on|raised concern~|advocated|protested|testified|responded|replied|recalled|referred to|encouraged|appreciated|congratulated|hoped|wished|wondered|predicted|questioned|spoke out|wrote|tweeted|posted|published a|issued a statement|released a statement|filed a complaint|attributed)",
    "(continued|continue|continues) to (say|state|report|express|allege|claim|criticize|call|note|assert|argue|urge|complain|request|describe|emphasize|raise|advocate|stress|believe|cite|voice)",
    "did not report",
    "(expressing|voicing) (concern~|fear~)",
];

/// Words after which a speaker stands.
pub const NAMED_AFTER: &[&str] = &[
    "according to",
    "(reported|alleged|documented|cited|estimated|recorded|stated|expressed|raised|claimed|described|noted) by",
    "(reports|allegations|complaints|claims|concerns|accounts|statements|estimates|criticism|information) (from|by)",
    "(survey~|poll~|study|report~|research|statement~) (by|from|conducted by)",
    "in the view of",
    "in the opinion of",
];

/// Words that open another clause: no speaker of this verb stands before them.
pub const BREAKERS: &[&str] = &[
    "that",
    "which",
    "when",
    "while",
    "where",
    "because",
    "although",
    "though",
    "if",
    "but",
    "since",
    "after",
    "before",
    "until",
    "unless",
    "whereas",
    "however",
    "whether",
    "so",
    "who",
    "whom",
    "is",
    "are",
    "was",
    "were",
    "has",
    "had",
    "have",
    "did",
    "does",
    "do",
    "will",
    "would",
    "could",
    "may",
    "might",
    "must",
    "should",
    "can",
    "to",
    "said",
    "stated",
    "reported",
    "despite",
    "during",
    "following",
    "by",
    "met",
    "discussed",
    "continued",
    "arrested",
    "detained",
    "sentenced",
    "told",
];

/// Words that link speakers.
pub const LINKS: &[&str] = &["and", "or", "as", "including", "well", "with"];

/// Words that may stand between a speaker and the verb.
pub const AUXILIARIES: &[&str] = &[
    "have",
    "has",
    "had",
    "also",
    "not",
    "reportedly",
    "publicly",
    "repeatedly",
    "generally",
    "further",
    "again",
    "both",
    "strongly",
    "regularly",
    "often",
    "frequently",
    "then",
    "later",
    "did",
    "however",
    "particularly",
    "consistently",
    "separately",
    "initially",
    "previously",
    "subsequently",
    "openly",
];

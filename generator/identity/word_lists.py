"""The words that the rules of identity know, one table each.

A word belongs here when a rule asks whether it is one of many; the rules themselves stand with their kind.
"""

from __future__ import annotations

from generator.model.word_tables import listed


def _table(text: str) -> frozenset[str]:
    return frozenset(text.split())


SMALL_WORDS = _table(
    """
    the of and for at in affiliated with de du des d la le les l et der die das fur und von del della dei
    degli delle di dell e y i en al do da dos a an
    """
)
"""Words that carry no name.  "Affiliated" is among them: a university's first hospital is its first affiliated one."""

PARTICLES = _table(
    """
    van von der den ter ten de del della di da dos das du des la le les lo el al bin ibn zu zum zur af av
    """
)

UNCAPITALIZED = (
    SMALL_WORDS
    | PARTICLES
    | _table(
        """
        am im an auf aus bei mit vom zum zur sur sous en aux pres par pour upon under by with to on or op aan het te bij
        voor nad pod na w we z ze i u v ve og ved pa och a al con para por no na nos nas sp o
        """
    )
) - {"affiliated"}
"""Words that stay small inside a name, whose other words have capitals."""

CAPITALIZED = _table(
    """
    affiliated center centers centre centres clinic clinics college department foundation group health hospital
    hospitals institute institutes medical medicine people's provincial research school university
    """
)
"""Words of English names that have capitals where other words of the name have."""

TITLES = _table(
    """
    dr drs prof professor pr mr mrs ms mme miss sir dame doctor docteur doutor doctora dott dottssa dra med univ
    priv doz privdoz pd assoc associate assistant habil hc dipl ing emeritus professeur master pi
    """
)

DEGREES = _table(
    """
    md phd msc mph mbbs mbchb mbbch bsc bs frcp frcpc frcs frcsc facp facs facc fasn faha facog faan fesc fracp
    mrcp mba dphil dsc pharmd dds dmd dvm rn np aprn crnp fnp bsn msn dnp ccrp ccrc ccra rph jd llm mhs mhsc
    mpharm mrcpch mmed mch drph scd edd psyd msph mscr mas dnb fcps dpt pt ot rd ldn cde lcsw msw mdphd hdr
    bds cpnp pharm dm bm mb bch bao chb frcog frcpch ffarcs frca fidsa fapa fccp fccm fccs msci mdcm crc mpp mphil dr
    prof
    """
)

ROLE_WORDS = _table(
    """
    director directors manager center centre contact contacts trial trials clinical study studies coordinator
    call coordinators investigator investigators medical information line hotline link transparency monitor
    monitors team department dept office research sponsor central recruitment site sites public registry patient
    patients service services support reference email phone telephone tbd tba na unknown none administrator
    officer chief head lead leader responsible person program programme project group operations affairs
    development global international disclosure enquiries inquiries inquiry desk help helpdesk toll free number
    use bottom page selected selection available upon request please see enrollment enrolment nurse physician
    principal local regional national company medicine oncology therapeutics sciences bioscience biosciences
    biotech pharmacovigilance regulatory data startup start up and the of or for to de-identified withheld
    appointed applicable not yet confirmed determined designee representative associate assistant scientist
    communications relations outreach management delivery cares consultants
    """
)

WORDS_OF_NO_ORGANIZATION = _table(
    """
    site sites center centers centre centres location locations facility facilities institution institutions study trial
    trials clinical research investigational investigative investigator investigators recruiting participating selected
    test local unknown undisclosed hidden various multiple many several number no nr num id code ref reference withdrawn
    closed terminated cancelled canceled deleted removed duplicate by sponsor same as not yet available assigned
    determined contact please call see website information desk line hotline hospitals clinics for more to
    """
)
"""A name of these and numbers alone says that there is a site, or that its name is not told: "Institution 1"."""

FUNCTIONS = _table(
    """
    director directors manager coordinator coordinators investigator investigators monitor monitors contact contacts
    administrator officer head leader person physician nurse representative designee scientist
    """
)
"""Role words that say what somebody is: "Medical Director" names no organization, "Medical Center" may."""

ORGANIZATION_WORDS = _table(
    """
    hospital hospitals hopital hopitaux ospedale hospitalier hospices hospitalar klinik klinikum clinic clinics
    clinica clinique kliniken universitatsklinikum krankenhaus praxis practice university universite universita
    universidad universidade universitat institute institut instituto istituto institution foundation fondation
    fundacion fundacao stiftung inc ltd llc gmbh ag sa sas bv nv corp corporation company pharma pharmaceutical
    pharmaceuticals laboratories laboratory laboratoires laboratoire therapeutics college school faculty council
    ministry agency association society network trust nhs azienda policlinico centro centrum zentrum chu chru
    chr ambulatorio poliambulatorio medicenter healthcare health care cancer consortium consultorio hospice
    surgery surgical physicians specialists associates diagnostics biomedical biosciences gsk novartis pfizer
    astrazeneca bayer roche sanofi merck lilly amgen takeda abbvie janssen novo nordisk boehringer ingelheim
    szpital sygehus sykehus sjukhus sairaala ziekenhuis umc nzoz poliklinik hastanesi hospitaller service pole
    unite nephrology neurology oncology dermatology cardiology urology radiology orthopaedics orthopedics
    rheumatology gastroenterology endocrinology hematology haematology pulmonology ophthalmology squibb
    """
)

NAMES_TOO = _table("chu bayer merck lilly pole head link free")
"""Words of the tables of roles and organizations that are family names too."""

COMPARATOR_WORDS = _table(
    """
    placebo placebos sham dummy vehicle
    """
)

CLASS_WORDS = _table(
    """
    inhibitor inhibitors antagonist antagonists agonist agonists antibody antibodies antibiotic antibiotics
    blocker blockers steroid steroids chemotherapy immunotherapy vaccine vaccines drug drugs treatment therapy
    agent agents corticosteroid corticosteroids hormone analgesic analgesics anesthetic anesthesia antiviral
    antivirals anticoagulant anticoagulants intervention interventions medication medications product products
    regimen biologic biologics statin statins diuretic diuretics supplement supplements vitamin vitamins insulin
    analog analogue derivative class family group arm cohort dose doses mab nsaid nsaids ssri dmard dmards
    csdmard csdmards carrier adjuvant solvent diluent device syringe pen kit brand generic comparator reference
    test formulation investigational experimental active study biosimilar biosimilars combination systemic current
    conventional routine western chinese traditional medicine medicines prescription prescriptions maintenance genetical
    recombination genotype testing control blinded unblinded prospective retrospective
    salt salts pentahydrate monohydrate dihydrate trihydrate hydrate anhydrous hydrochloride disodium
    """
)
"""A name made of these alone, or an alias that holds one of them, names a class and not a drug."""

KIND_WORDS = _table(
    """
    hospital hospitals hopital hopitaux hospitalier hospitalo ospedale ospedaliera ospedaliero hospitalar klinik
    klinikum kliniken clinic clinics clinica clinico clinical clinique clinicum krankenhaus ziekenhuis sygehus
    sykehus sjukhus szpital university universitaire universitario universitaria universitari
    universitatsklinikum universitatsklinik universitatsmedizin universite universitaet universitat universita
    universidad universidade universitair unit department center centers centro centrum zentrum central centrale
    general generale regional regionale municipal district provincial national european europeen medical
    medicine medico medica medicina research investigational investigative site sites study trial trials
    institute institut instituto school college faculty first second third affiliated teaching public private
    state city local community children childrens pediatric paediatric women womens maternity military memorial
    people peoples cancer oncology cardiology dermatology neurology surgery surgical rheumatology service
    reanimation medicale chu chru chr ch practice praxis office health healthcare care group associates
    specialists foundation trust nhs multiprofile active treatment policlinico polyclinic outpatient academic
    clinicas hospices civils investigator inc llc ltd company limited north south east west northern southern
    eastern western new international sante reference diagnostic therapy
    """
)
"""Words that say what kind of organization it is.  A name made of these alone can be any of many."""

FIELDS = _table(
    """
    anaesthesia anaesthesiology anesthesia anesthesiology biochemistry critical emergency endocrinology epidemiology
    family gastroenterology genetics geriatrics gynaecology gynecology haematology hematology immunology infectious
    diseases intensive internal microbiology nephrology nursing obstetrics ophthalmology orthopaedics orthopedics
    paediatrics pathology pediatrics pharmacology pharmacy physiology physiotherapy psychiatry psychology pulmonology
    radiology radiotherapy rehabilitation respiratory urology
    """
)
"""Fields of medicine: a department of one, without its hospital, can be any of many."""

SCOPE_WORDS = _table(
    """
    national nacional nationale nationaal nationales european europeen international military group groups
    """
)
"""Words that say whose organization it is: "National Cancer Institute" is a name, "Cancer Center" none."""

CITIES_OF_ONE_NAME = _table(
    """
    birmingham cambridge portland springfield columbus london richmond manchester hamilton kingston worcester
    newcastle victoria santiago cordoba valencia toledo granada leon merida guadalajara san-jose alexandria
    tripoli athens rome paris-tx dublin windsor wellington perth halifax boston plymouth lincoln york durham
    lancaster georgetown san-juan la-paz vancouver aurora arlington bloomington burlington charleston columbia
    dayton rochester salem peoria glendale jackson lexington franklin clinton greenville bristol oxford
    hyderabad aurangabad suzhou taizhou fuzhou yichun
    """
)
"""Cities that share their name with another large one: there a city in the name is not enough."""

COMMON_FAMILY_NAMES = _table(
    """
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie tang deng
    han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren lv shen yao fan
    jin shi kim lee park choi jung kang cho yoon jang lim shin seo kwon hwang ahn song hong nguyen tran le pham
    hoang vo singh kumar sharma gupta patel khan ali ahmed ahmad hussain mohamed mohammed hassan ibrahim rao
    reddy das shah garcia martinez rodriguez lopez gonzalez hernandez perez sanchez fernandez gomez silva santos
    oliveira souza smith johnson williams brown jones miller davis wilson taylor anderson thomas martin moore
    white harris thompson tanaka suzuki sato takahashi watanabe ito yamamoto nakamura kobayashi kato mueller
    muller schmidt schneider rossi russo ferrari ivanov ivanova petrov petrova
    """
)
"""Family names that so many people bear that a city, a sponsor or a drug confirms little."""


ONLY_BEHIND_COMMA = _table("ma ba do ms pa an jr sr ii iii iv esq med rac pc pllc fmd ph")
"""Degrees and the like that would be names elsewhere ("Do", "Ma", "An")."""

NO_CITY = frozenset(
    listed(
        """
        multiple locations; many locations; various; unknown; na; n a; nationwide; multiple cities; multiple sites;
        see contact; city
        """
    )
)
"""What stands in a city's place and names none."""

GENERAL_SUBSTANCES = frozenset(
    {
        *("alcohol", "blood", "blood plasma", "calcium", "collagen", "ethanol", "globulin", "glucose"),
        *("honey", "human placenta", "iodine", "lactose", "magnesium", "oxygen", "placenta", "plasma"),
        *("potassium", "program", "protein", "sodium", "starch", "sucrose", "water"),
    }
)
"""Substances whose names, inside a longer text, are mostly words for something else than a drug that is tested."""

NOT_GIVEN = frozenset(
    {
        *("allergic", "allergy", "analog", "analogue", "antagonist", "anti", "antibodies", "antibody"),
        *("avoid", "avoidance", "cessation", "derivative", "discontinuation", "discontinue", "except"),
        *("failed", "failure", "free", "inhibitor", "inhibitors", "instead", "level", "levels", "naive"),
        *("never", "no", "non", "not", "or", "previous", "previously", "prior", "replace", "resistance"),
        *("resistant", "sensitive", "sensitivity", "stop", "test", "testing", "unless", "versus", "vs"),
        *("withdraw", "withdrawal", "withhold", "without"),
    }
)
"""Words of texts about interventions in which a drug's name does not say that the drug is given."""

PLAIN_BEFORE_DRUG = frozenset(
    {
        *("combined", "conventional", "dose", "give", "intravenous", "keep", "of", "oral", "recombinant"),
        *("the", "with"),
    }
)
"""Words that stand before a drug's name with a capital and are no part of it."""

PLAIN_AFTER_DRUG = frozenset(
    {
        *("bid", "capsule", "capsules", "group", "infusion", "injection", "iv", "po", "qd", "tablet"),
        *("tablets", "tid", "treatment"),
    }
)
"""Words that stand behind a drug's name with a capital and are no part of it."""

LONGER_NAMES = frozenset({*("antiviral", "decoction", "formula", "granule", "granules", "mixture", "of", "powder")})
"""Words behind a substance's name that make a longer name of it."""

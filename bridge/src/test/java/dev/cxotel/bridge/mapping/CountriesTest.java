package dev.cxotel.bridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountriesTest {

    @ParameterizedTest
    @CsvSource({
        "England, GB",
        "SCOTLAND, GB",
        "wales, GB",
        "Northern Ireland, GB",
        "UK, GB",
        "GBR, GB",
        "gb, GB",
        "USA, US",
        "U.S.A., US",
        "US, US",
        "United States of America, US",
        "'Korea, Republic of', KR",
        "South Korea, KR",
        "Russia, RU",
        "Czech Republic, CZ",
        "Türkiye, TR",
        "Turkey, TR",
        "Turkiye, TR",
        "The Netherlands, NL",
        "Côte d’Ivoire, CI",
        "Cote d'Ivoire, CI",
        "Trinidad and Tobago, TT",
        "St. Lucia, LC",
        "Saint Lucia, LC",
        "Bosnia & Herzegovina, BA",
        "Hong Kong, HK",
        "' Germany ', DE",
        "Guinea, GN",
        "Guinea-Bissau, GW",
        "Ireland, IE",
        "India, IN",
        "DE, DE",
        "Congo, CG",
        "DRC, CD",
        "Curacao, CW",
        "Viet Nam, VN",
    })
    void isoCode_knownName_isAlpha2(String country, String code) {
        assertThat(Countries.isoCode(country)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Atlantis", "", "   ", "ZZ", "EU", "London", "the", "-", "\ud83c"})
    void isoCode_unknownName_isEmpty(String country) {
        assertThat(Countries.isoCode(country)).isEmpty();
    }

    @Test
    void isoCode_everyIsoCountry_isFoundByNameAndBothCodes() {
        for (String code : Locale.getISOCountries()) {
            Locale country = Locale.of("", code);
            assertThat(Countries.isoCode(code)).contains(code);
            assertThat(Countries.isoCode(country.getISO3Country())).contains(code);
            assertThat(Countries.isoCode(country.getDisplayCountry(Locale.ENGLISH)))
                    .as(code)
                    .contains(code);
        }
    }
}

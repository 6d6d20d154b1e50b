package com.wso2.apim.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 24, 64})
    void hasTheLengthGivenAndOnlyLettersAndDigits(int length) {
        assertThat(Password.random(length, Keys.RANDOM)).hasSize(length).matches("[A-Za-z0-9]+");
    }

    @Test
    void usesEveryCharacterAboutEquallyOften() {
        String many = Password.random(62_000, Keys.RANDOM);

        // 1000 each, standard deviation 31: seven of them away from the mean does not happen.
        assertThat(many.chars().distinct()).hasSize(62);
        assertThat(many.chars()
                        .distinct()
                        .mapToLong(c -> many.chars().filter(other -> other == c).count()))
                .allMatch(count -> count > 780 && count < 1220);
    }

    @Test
    void differsEachTime() {
        assertThat(Password.random(24, Keys.RANDOM)).isNotEqualTo(Password.random(24, Keys.RANDOM));
    }

    @Test
    void isNeverEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> Password.random(0, Keys.RANDOM));
    }
}

package io.carabiner.config;

import io.carabiner.primitives.Juels;
import io.carabiner.primitives.Wei;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Amounts of coin and of LINK with their units. */
public final class Amounts {

    /** A unit of coin: 10 to the power of this many wei. */
    private record Unit(String name, int power) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("tether", 30),
            new Unit("gether", 27),
            new Unit("mether", 24),
            new Unit("kether", 21),
            new Unit("ether", 18),
            new Unit("milli", 15),
            new Unit("micro", 12),
            new Unit("gwei", 9),
            new Unit("mwei", 6),
            new Unit("kwei", 3),
            new Unit("wei", 0));
    private static final int LINK_POWER = 18;
    /** From here on the Go node prints LINK, below it the plain number of juels. */
    private static final BigInteger LEAST_SHOWN_AS_LINK = BigInteger.TEN.pow(12);

    private Amounts() {}

    static Object parseWei(String text) throws BadValueException {
        for (Unit unit : UNITS) {
            if (text.endsWith(unit.name())) {
                String number = text.substring(0, text.length() - unit.name().length());
                return new Wei(whole(text, number.strip(), unit.power()));
            }
        }
        return new Wei(whole(text, text.strip(), 0));
    }

    private static BigInteger whole(String text, String number, int power) throws BadValueException {
        BigDecimal amount;
        try {
            amount = new BigDecimal(number).scaleByPowerOfTen(power);
        } catch (NumberFormatException _) {
            throw new BadValueException("unable to parse \"" + text + "\": can't convert " + number + " to decimal");
        }
        if (amount.signum() < 0) {
            throw new BadValueException("unable to parse \"" + text + "\": an amount is 0 or more");
        }
        try {
            return amount.toBigIntegerExact();
        } catch (ArithmeticException _) {
            throw new BadValueException("unable to parse \"" + text + "\": maximum precision is wei");
        }
    }

    static String print(Wei wei) {
        BigDecimal amount = new BigDecimal(wei.amount());
        for (Unit unit : UNITS) {
            if (amount.compareTo(BigDecimal.TEN.pow(unit.power())) >= 0) {
                return scaled(amount, unit.power()) + " " + unit.name();
            }
        }
        return "0";
    }

    static Object parseJuels(String text) throws BadValueException {
        try {
            if (text.endsWith("link")) {
                return juels(text, text.substring(0, text.length() - "link".length()), LINK_POWER);
            }
            String number = text.endsWith("juels") ? text.substring(0, text.length() - "juels".length()) : text;
            return juels(text, number, 0);
        } catch (ArithmeticException | NumberFormatException _) {
            throw unreadable(text);
        }
    }

    private static Juels juels(String text, String number, int power) throws BadValueException {
        BigDecimal amount = new BigDecimal(number.strip()).scaleByPowerOfTen(power);
        if (amount.signum() < 0) {
            throw unreadable(text);
        }
        return new Juels(amount.toBigIntegerExact());
    }

    private static BadValueException unreadable(String text) {
        return new BadValueException("assets: cannot unmarshal \"" + text + "\" into a *assets.Link");
    }

    /** An amount of LINK as the Go node prints it: {@code 1 link}, or a plain number of juels below 10^12. */
    public static String print(Juels juels) {
        return juels.amount().compareTo(LEAST_SHOWN_AS_LINK) < 0
                ? juels.amount().toString()
                : scaled(new BigDecimal(juels.amount()), LINK_POWER) + " link";
    }

    private static String scaled(BigDecimal amount, int power) {
        return amount.scaleByPowerOfTen(-power).stripTrailingZeros().toPlainString();
    }
}

package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Mailbox mailbox = new Mailbox();

    private static Event.RoundBegan round(long id) {
        return new Event.RoundBegan(new NewRound(id, Address.ZERO, id), false);
    }

    @Test
    void signals_comeByUrgency_andOnlyTheNewestOfEachKind() {
        mailbox.put(new Event.AnswerUpdated());
        mailbox.put(new Event.AnswerUpdated());
        List.of(1, 2, 3).forEach(id -> mailbox.put(round(id)));
        mailbox.put(new Event.FlagLowered());
        mailbox.put(new Event.FlagRaised());
        mailbox.put(new Event.FlagLowered());

        List<Event.Signal> taken = new ArrayList<>();
        Optional<Event.Signal> next = mailbox.take();
        while (next.isPresent()) {
            taken.add(next.get());
            next = mailbox.take();
        }
        assertThat(taken)
                .containsExactly(
                        new Event.FlagRaised(), new Event.FlagLowered(), round(2), round(3), new Event.AnswerUpdated());
    }
}

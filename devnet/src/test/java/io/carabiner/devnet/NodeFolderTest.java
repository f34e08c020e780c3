package io.carabiner.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class NodeFolderTest {

    private static final UUID ID = UUID.fromString("cc5cc0f7-3a86-43a4-8dd4-e67696ee80a6");
    private static final Address OPERATOR = Address.fromHex("0xe7f1725e7734ce288f8367e1bb143e90bb3f0512");
    private static final Address KEY = Address.fromHex("0x5b38da6a701c568545dcfcb03fcb875f56beddc4");

    @Test
    void theJobOfADevelopmentNetwork_answersFromItsFundedKeyOnly_whateverKeysTheUserAdds() {
        assertThat(NodeFolder.job(ID, OPERATOR, ChainId.of(1337), KEY))
                .contains(
                        "[type=\"ethtx\" from=\"[\\\\\"0x5B38Da6a701c568545dCfcB03FcB875f56beddC4\\\\\"]\" to=\"0xe7f1725E")
                .doesNotContain("{from}");
    }
}

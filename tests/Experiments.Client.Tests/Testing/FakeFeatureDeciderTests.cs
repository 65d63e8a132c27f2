using System.Text.Json;
using Experiments.Client.Testing;

namespace Experiments.Client.Tests.Testing;

public sealed class FakeFeatureDeciderTests
{
    [Fact]
    public void Decide_KeysSetByHand_AnswerWhatWasSet()
    {
        FakeFeatureDecider fake = new FakeFeatureDecider().Set("nav", isOn: true).Set("nav", isOn: false, userKey: "ann")
            .Set("price", "high", "12.5").Set("title", "t", "\"Hi\"").Set("none", variantKey: null);
        Assert.True(fake.IsOn("nav", "bob"));
        Assert.False(fake.IsOn("nav", "ann"));
        Assert.Equal(12.5, fake.Value("price", "bob", 1.0));
        Assert.Equal("Hi", fake.Value("title", "bob", "?"));
        Assert.True(fake.Decide("price", "bob").Is("high"));
        Assert.Equal(12.5, fake.Decide("price", "bob").Payload.GetDouble());
        Assert.Equal(DecisionReason.Default, fake.Decide("none", "bob").Reason);
        Assert.Equal(DecisionReason.FlagNotFound, fake.Decide("other", "bob").Reason);
        Assert.True(fake.Value("other", "bob", fallback: true));
        Assert.Equal(DeciderReadiness.Ready, fake.Status.Readiness);
        Assert.True(fake.WaitUntilReadyAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public void DecideAll_KeysSetForEveryone_AreListedInOrder()
    {
        FakeFeatureDecider fake = new FakeFeatureDecider().Set("b", isOn: true).Set("a", isOn: true).Set("a", isOn: false, userKey: "ann");
        Decision[] decisions = new Decision[fake.Count];
        Assert.Equal(2, fake.DecideAll("ann", decisions));
        Assert.Equal([("a", false), ("b", true)], decisions.Select(decision => (decision.Key, decision.IsOn)));
        Assert.Equal(0, fake.Clear().Count);
    }

    [Fact]
    public void Set_PayloadThatIsNoJson_Throws() =>
        Assert.ThrowsAny<JsonException>(() => new FakeFeatureDecider().Set("k", "v", "{"));

    [Fact]
    public void Set_PayloadWithALoneSurrogate_ComesBackAsDecidersReadIt() =>
        Assert.Equal("a\ud800", new FakeFeatureDecider().Set("k", "v", "\"a\\ud800\"").Value("k", "ann", "?"));

    [Fact]
    public void Decide_NullContextOrUser_ThrowsAsTheRealDeciderDoes()
    {
        var fake = new FakeFeatureDecider();
        Assert.Throws<ArgumentNullException>(() => fake.Decide("k", "ann", (DecisionContext)null!));
        Assert.Throws<ArgumentNullException>(() => fake.IsOn("k", "ann", (DecisionContext)null!));
        Assert.Throws<ArgumentNullException>(() => fake.DecideAll("ann", [], (DecisionContext)null!));
        Assert.Throws<ArgumentNullException>(() => fake.DecideAll(null!, []));
        Assert.Throws<ArgumentNullException>(() => fake.Explain("k", "ann", (DecisionContext)null!));
    }
}

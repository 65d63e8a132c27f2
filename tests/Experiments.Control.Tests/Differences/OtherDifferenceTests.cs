using static Experiments.Control.Tests.Differences.Contents;

namespace Experiments.Control.Tests.Differences;

/// <summary>Audiences, layers and holdouts.</summary>
public sealed class OtherDifferenceTests
{
    [Fact]
    public void Between_Audiences_ReadsTheirConditions()
    {
        Assert.Equal(["Audience \"staff\" was added: country is \"DE\"."], Texts(Of(), Of(Audience(1, "staff"))));
        Assert.Equal(["Audience \"staff\" was removed."], Texts(Of(Audience(1, "staff")), Of()));
        Assert.Equal(["Audience \"crew\": renamed from \"staff\"."], Texts(Audience(1, "staff"), Audience(1, "crew")));
        Assert.Equal(
            ["Audience \"staff\": conditions country is \"DE\" -> country is \"FR\"."],
            Texts(Audience(1, "staff"), Audience(2, "staff", Rules(("country", "eq", "\"FR\"")))));
    }

    [Fact]
    public void Between_ConditionsInAnotherOrder_IsNoChange() => Assert.Empty(Texts(
        Audience(1, "a", Rules(("x", "eq", "1"), ("y", "in", "[1,2]"))), Audience(1, "a", Rules(("y", "in", "[2, 1]"), ("x", "eq", "1")))));

    [Fact]
    public void Between_Layers_SaysWhoHoldsWhat()
    {
        Assert.Equal(["Layer \"pages\" was added (\"a\" holds 25 %)."], Texts(Of(), Of(Layer(1, "pages", (2, "a", 0, 2499)))));
        Assert.Equal(
            ["Layer \"pages\": \"a\" holds 25 % -> 50 %.", "Layer \"pages\": \"c\" holds 10 %.", "Layer \"pages\": \"b\" no longer holds 5 %."],
            Texts(
                Layer(1, "pages", (2, "a", 0, 2499), (3, "b", 9000, 9499)),
                Layer(1, "pages", (2, "a", 0, 4999), (4, "c", 5000, 5999))));
        Assert.Equal(
            ["Layer \"pages\": \"a\" holds other buckets, still 25 %."],
            Texts(Layer(1, "pages", (2, "a", 0, 2499)), Layer(1, "pages", (2, "a", 2500, 4999))));
    }

    [Fact]
    public void Between_Holdouts_SaysHowManyOfWhat()
    {
        Assert.Equal(["Holdout \"all\" was added: 5 % of users get no experiment and no flag."], Texts(Of(), Of(Holdout(1, "all", 500))));
        Assert.Equal(["Holdout \"ads\" was added: 5 % of users get nothing tagged \"ads\"."], Texts(Of(), Of(Holdout(1, "ads", 500, "ads"))));
        Assert.Equal(
            ["Holdout \"all\": share 5 % -> 10 %.", "Holdout \"all\": tag none -> \"ads\"."],
            Texts(Holdout(1, "all", 500), Holdout(1, "all", 1000, "ads")));
    }
}

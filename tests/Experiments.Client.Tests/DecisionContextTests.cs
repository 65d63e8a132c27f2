namespace Experiments.Client.Tests;

public sealed class DecisionContextTests
{
    [Fact]
    public void Set_EachType_IsFound()
    {
        DecisionContext context = new DecisionContext().Set("s", "text").Set("n", 1.5).Set("b", true).Set("z", null);
        Assert.Equal(4, context.Count);
        Assert.True(Conditions.Hold(SnapshotJson.Rule("s", "eq", "\"text\""), context));
        Assert.True(Conditions.Hold(SnapshotJson.Rule("n", "eq", "1.5"), context));
        Assert.True(Conditions.Hold(SnapshotJson.Rule("b", "eq", "true"), context));
        Assert.True(Conditions.Hold(SnapshotJson.Rule("z", "eq", "null"), context));
    }

    [Fact]
    public void Set_SameNameAgain_ReplacesAndCountsBoth()
    {
        DecisionContext context = new DecisionContext().Set("plan", "free").Set("plan", "pro");
        Assert.Equal(2, context.Count);
        Assert.True(Conditions.Hold(SnapshotJson.Rule("plan", "eq", "\"pro\""), context));
    }

    [Fact]
    public void Set_AfterSetJson_AddsToIt()
    {
        DecisionContext context = new DecisionContext().SetJson("""{"user":{"plan":"free"},"a":1}"""u8).Set("user.plan", "pro");
        Assert.Equal(3, context.Count);
        Assert.True(Conditions.Hold(SnapshotJson.Rule("user.plan", "eq", "\"pro\""), context));
        Assert.True(Conditions.Hold(SnapshotJson.Rule("a", "eq", "1"), context));
    }

    [Fact]
    public void Clear_FilledContext_ForgetsEverything()
    {
        DecisionContext context = new DecisionContext().Set("a", 1).Clear();
        Assert.Equal(0, context.Count);
        Assert.False(Conditions.Hold(SnapshotJson.Rule("a", "eq", "1"), context));
    }

    [Fact]
    public void Set_ManyAttributes_KeepsAllOfThem()
    {
        var context = new DecisionContext();
        for (int i = 0; i < 500; i++)
        {
            context.Set($"name-{i}", $"value-{i}");
        }

        for (int i = 0; i < 500; i++)
        {
            Assert.True(Conditions.Hold(SnapshotJson.Rule($"name-{i}", "eq", $"\"value-{i}\""), context));
        }
    }

    [Fact]
    public void Set_NullName_ThrowsArgumentNullException() =>
        Assert.Throws<ArgumentNullException>(() => new DecisionContext().Set(null!, "value"));
}

namespace Experiments.Client.Tests;

public sealed class ContextAttributeTests
{
    [Fact]
    public void Conversion_Tuples_TakeTheTypeOfTheirValue()
    {
        ContextAttribute[] attributes = [("s", "x"), ("null", null), ("d", 1.5), ("i", 2), ("l", 3L), ("b", true), ("f", false)];
        Assert.Equal(
            [
                ContextValueKind.String, ContextValueKind.Null, ContextValueKind.Number, ContextValueKind.Number,
                ContextValueKind.Number, ContextValueKind.True, ContextValueKind.False,
            ],
            attributes.Select(attribute => attribute.Kind));
        Assert.Equal([0, 0, 1.5, 2, 3, 0, 0], attributes.Select(attribute => attribute.Number));
        Assert.Equal("x", attributes[0].Text);
    }

    [Fact]
    public void Constructor_NullName_ThrowsArgumentNullException() =>
        Assert.Throws<ArgumentNullException>(() => new ContextAttribute(null!, 1));
}

using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Tests.Models;

public sealed class OperandFaultsTests
{
    [Theory]
    [InlineData("matches", "^[a-f].*", null)]
    [InlineData("matches", "(", "This is no pattern: ")]
    [InlineData("semverGt", "2.4.0", null)]
    [InlineData("semverGt", "two", "This is no version.")]
    [InlineData("before", "2026-12-01T00:00:00Z", null)]
    [InlineData("before", "tomorrow", "This is no time.")]
    [InlineData("cidr", "10.0.0.0/8, fd00::/8", null)]
    [InlineData("cidr", "10.0.0.0/8, everywhere", "One of these is no network.")]
    [InlineData("gt", "18", null)]
    [InlineData("gt", "many", "This must be a number.")]
    [InlineData("in", "US, CA", null)]
    [InlineData("gt", "", null)]
    [InlineData("exists", "", null)]
    public void Of_TypedOperand_SaysWhatIsWrong(string op, string operand, string? expected)
    {
        string? fault = OperandFaults.Of(new ConditionModel { Attribute = "a", Operator = op, Operand = operand });
        Assert.Equal(expected is null, fault is null);
        Assert.StartsWith(expected ?? "", fault ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("[0]", fault ?? "", StringComparison.Ordinal);
    }
}

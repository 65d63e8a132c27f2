using Experiments.Control.Definitions;

namespace Experiments.Control.Tests.Definitions;

public sealed class DefinitionNamesTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    [InlineData(0, false)]
    public void CheckName_Length_IsFrom1To256(int length, bool isAllowed) =>
        Assert.Equal(isAllowed, DefinitionNames.CheckName(new string('n', length)) is null);

    [Theory]
    [InlineData(0, true)]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void CheckDescription_Length_IsUpTo4096(int length, bool isAllowed) =>
        Assert.Equal(isAllowed, DefinitionNames.CheckDescription(new string('d', length)) is null);

    [Fact]
    public void CheckDescription_Null_IsAllowed() => Assert.Null(DefinitionNames.CheckDescription(null));

    [Fact]
    public void CheckKey_EveryAsciiCharacter_IsAllowedWhereTheContractSaysSo()
    {
        string allowed = new([.. Enumerable.Range(0, 128).Select(unit => (char)unit).Where(c => DefinitionNames.CheckKey($"{c}") is null)]);

        Assert.Equal("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz", allowed);
    }

    [Fact]
    public void CheckKey_EveryOtherCharacter_IsRefused() =>
        Assert.All(Enumerable.Range(128, 65536 - 128), unit => Assert.NotNull(DefinitionNames.CheckKey($"{(char)unit}")));

    [Fact]
    public void CheckEnvironmentName_EveryControlCharacter_IsRefused()
    {
        IEnumerable<int> refused = Enumerable.Range(0, 65536)
            .Where(unit => DefinitionNames.CheckEnvironmentName($"{(char)unit}") is not null);

        Assert.Equal([.. Enumerable.Range(0, 0x20), .. Enumerable.Range(0x7F, 0x21)], refused);
    }
}

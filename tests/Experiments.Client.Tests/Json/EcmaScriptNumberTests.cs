using System.Globalization;
using CsCheck;
using Experiments.Client.Json;

namespace Experiments.Client.Tests.Json;

public sealed class EcmaScriptNumberTests
{
    // Each line is the bits of a double and what String(number) of Node 20 makes of it.
    private static readonly (double Value, string Text)[] s_vectors = [.. File
        .ReadLines(Repository.PathOf("tests", "Experiments.Client.Tests", "Json", "ecmascript-numbers.txt"))
        .Select(line => line.Split(' '))
        .Select(row => (BitConverter.UInt64BitsToDouble(ulong.Parse(row[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)), row[1]))];

    [Fact]
    public void Format_VectorsOfNode_AreTheSameTexts()
    {
        Assert.True(s_vectors.Length > 600);
        Assert.All(s_vectors, row => Assert.Equal(row.Text, Format(row.Value)));
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(1e21, "1e+21")]
    [InlineData(999999999999999900000.0, "999999999999999900000")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(-1.5e300, "-1.5e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(100, "100")]
    [InlineData(12.5, "12.5")]
    public void Format_AtTheBordersOfNotations_AsJavaScript(double value, string text) => Assert.Equal(text, Format(value));

    [Fact]
    public void Format_AnyNumber_FitsAndReadsBack() => Property.Holds(
        Gen.OneOf(Gen.Double, Gen.ULong.Select(BitConverter.UInt64BitsToDouble)),
        value =>
        {
            string text = Format(value);
            Assert.InRange(text.Length, 1, EcmaScriptNumber.MaxLength);
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
        },
        LongRun.Count(20_000, 2_000_000));

    [Fact]
    public void Format_LongestText_IsMaxLength() =>
        Assert.Equal(EcmaScriptNumber.MaxLength, s_vectors.Max(row => Format(row.Value).Length));

    [Fact]
    public void Format_ManyNumbers_AllocatesNothing()
    {
        char[] destination = new char[EcmaScriptNumber.MaxLength];
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (double value = 1e-9; value < 1e25; value *= 7.3)
            {
                EcmaScriptNumber.Format(-value, destination);
            }
        }));
    }

    private static string Format(double value)
    {
        // Exactly what is promised, so that a longer text throws.
        Span<char> destination = stackalloc char[EcmaScriptNumber.MaxLength];
        return destination[..EcmaScriptNumber.Format(value, destination)].ToString();
    }
}

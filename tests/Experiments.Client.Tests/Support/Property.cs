using CsCheck;
using Xunit.Sdk;

namespace Experiments.Client.Tests;

/// <summary>
/// Checks a property over generated values. CsCheck's own <c>Sample</c> fixes the seed of the first iteration only; here every
/// iteration follows from one seed, so a run is the same run tomorrow.
/// </summary>
internal static class Property
{
    private const uint Stream = 1;
    private const ulong Seed = 20_261_124;

    /// <summary>One of these values.</summary>
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Runs the assertion on many values and shows the first one for which it throws.</summary>
    /// <param name="gen">Of the values.</param>
    /// <param name="assert">Throws where the property does not hold.</param>
    /// <param name="iterations">See <see cref="LongRun.Count"/>.</param>
    public static void Holds<T>(Gen<T> gen, Action<T> assert, int iterations)
    {
        var random = new PCG(Stream, Seed);
        for (int i = 0; i < iterations; i++)
        {
            string seed = random.ToString();
            T value = gen.Generate(random, null, out _);
            try
            {
                assert(value);
            }
            catch (Exception exception)
            {
                throw new XunitException(
                    $"Iteration {i}, {Check.Print(value)}: {exception.Message}{Environment.NewLine}"
                    + $"gen.Sample(assert, seed: \"{seed}\") looks for a smaller one.",
                    exception);
            }
        }
    }
}

using Experiments.Control.Splits;

namespace Experiments.Control.Tests.Splits;

public sealed class ApportionmentTests
{
    [Theory]
    [InlineData("1 1", 10_000, "5000 5000")]
    [InlineData("1 1", 1, "1 0")]
    [InlineData("1 1 1", 10_000, "3334 3333 3333")]
    [InlineData("1 1 1", 10_001, "3334 3334 3333")]
    [InlineData("1", 10_000, "10000")]
    [InlineData("1 2 3", 0, "0 0 0")]
    [InlineData("70 20 10", 10_000, "7000 2000 1000")]
    [InlineData("53 24 23", 7, "3 2 2")] // the textbook case against D'Hondt, which gives 4 2 1
    [InlineData("340000 280000 160000 60000", 7, "3 2 1 1")]
    [InlineData("100000 80000 30000 20000", 8, "3 3 1 1")]
    [InlineData("", 10_000, "")]
    public void Webster_KnownCases_AreThese(string weights, int seats, string expected) =>
        Assert.Equal(expected, string.Join(' ', Apportionment.Webster(Parse(weights), seats)));

    [Fact]
    public void Webster_OneWeightFarAboveTheOthers_MayBeAboveItsShareByMoreThanOneSeat()
    {
        // What rounding that never takes a seat back costs: no such method keeps every weight within one seat of its share.
        // 93 of 100 seats are the first one's share; 70 others have 0.1 each, which rounds to none.
        int[] seats = Apportionment.Webster([930, .. Enumerable.Repeat(1L, 70)], 100);

        Assert.Equal(100, seats[0]);
    }

    [Fact]
    public void Webster_MoreSeats_NeverTakeOneBackAndAreThoseGivenOneByOne()
    {
        // Against the definition, one seat after the other, for every number of seats.
        var random = new Random(1);
        for (int round = 0; round < LongRun.Count(3, full: 100); round++)
        {
            long[] weights = RandomWeights(random, most: 12);
            int[] expected = new int[weights.Length];
            for (int seats = 0; seats <= 10_000; seats++)
            {
                int[] given = Apportionment.Webster(weights, seats);

                Assert.True(expected.AsSpan().SequenceEqual(given), $"{string.Join(' ', weights)}: {seats}");
                expected[Next(weights, expected)]++;
            }
        }
    }

    [Fact]
    public void Webster_AnyWeights_GiveAllSeatsByOneDivisor()
    {
        // What makes it Webster's: each seat given has a priority at least that of every seat not given. And no weight is further from its
        // share p of the seats than 1/2 + p n / 2, so one of average share or less is within one seat.
        var random = new Random(2);
        for (int round = 0; round < LongRun.Count(500, full: 50_000); round++)
        {
            long[] weights = RandomWeights(random, most: 40);
            int seats = random.Next(10_001);

            int[] given = Apportionment.Webster(weights, seats);

            Assert.Equal(seats, given.Sum());
            AssertOneDivisor(weights, given);
            Int128 total = weights.Aggregate(Int128.Zero, static (sum, weight) => sum + weight);
            for (int i = 0; i < weights.Length; i++)
            {
                Int128 distance = Int128.Abs((given[i] * total) - ((Int128)weights[i] * seats));
                Assert.True(2 * distance <= total + ((Int128)weights[i] * weights.Length), $"{string.Join(' ', weights)}: {seats}");
            }
        }
    }

    [Fact]
    public void Webster_DifferentWeightsInAnotherOrder_GetTheSame()
    {
        var random = new Random(3);
        for (int round = 0; round < LongRun.Count(500, full: 20_000); round++)
        {
            long[] weights = [.. RandomWeights(random, most: 20).Distinct()];
            int seats = random.Next(10_001);
            int[] order = [.. Enumerable.Range(0, weights.Length)];
            random.Shuffle(order);

            int[] given = Apportionment.Webster(weights, seats);
            int[] shuffled = Apportionment.Webster([.. order.Select(i => weights[i])], seats);

            // Equal priorities, as of 1 and 3, may give the last seats to another.
            AssertOneDivisor(weights, Unshuffle(shuffled, order));
            Assert.True(HasTie(weights, given) || given.SequenceEqual(Unshuffle(shuffled, order)), $"{string.Join(' ', weights)}: {seats}");
        }
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(long.MaxValue)]
    public void Webster_ThousandHugeWeights_AreExact(long weight)
    {
        int[] even = Apportionment.Webster([.. Enumerable.Repeat(weight, 1000)], 10_000);
        int[] uneven = Apportionment.Webster([weight, weight - 1], 1);
        int[] reversed = Apportionment.Webster([weight - 1, weight], 1);

        Assert.All(even, static seats => Assert.Equal(10, seats));
        Assert.Equal([1, 0], uneven);
        Assert.Equal([0, 1], reversed);
    }

    [Fact]
    public void Webster_HugeWeightBesideSmallOnes_TakesAll() =>
        Assert.Equal([0, 10_000, 0], Apportionment.Webster([1, long.MaxValue, 1], 10_000));

    [Fact]
    public void Webster_MoreWeightsThanSeats_GivesToTheLargestThenTheFirst() =>
        Assert.Equal([1, 0, 1, 0, 0], Apportionment.Webster([2, 1, 2, 1, 1], 2));

    private static long[] Parse(string weights) =>
        [.. weights.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];

    private static long[] RandomWeights(Random random, int most)
    {
        long top = random.Next(4) switch { 0 => 4, 1 => 100, 2 => 1_000_000_000, _ => long.MaxValue };
        return [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => random.NextInt64(1, top))];
    }

    private static int Next(long[] weights, int[] given) => Enumerable.Range(0, weights.Length)
        .Aggregate((best, i) => Order(weights[i], given[i], weights[best], given[best]) > 0 ? i : best);

    /// <summary>Positive where the first weight's next seat has the higher priority.</summary>
    private static int Order(long weight, int seats, long otherWeight, int otherSeats) =>
        ((Int128)weight * ((2 * otherSeats) + 1)).CompareTo((Int128)otherWeight * ((2 * seats) + 1));

    private static void AssertOneDivisor(long[] weights, int[] given)
    {
        int next = Next(weights, given);
        Assert.All(
            Enumerable.Range(0, weights.Length).Where(i => given[i] > 0),
            i => Assert.True(Order(weights[i], given[i] - 1, weights[next], given[next]) >= 0));
    }

    private static bool HasTie(long[] weights, int[] given)
    {
        int next = Next(weights, given);
        return Enumerable.Range(0, weights.Length)
            .Any(i => given[i] > 0 && Order(weights[i], given[i] - 1, weights[next], given[next]) == 0);
    }

    private static int[] Unshuffle(int[] shuffled, int[] order)
    {
        int[] result = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            result[order[i]] = shuffled[i];
        }

        return result;
    }
}

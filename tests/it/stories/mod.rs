pub mod booking;
mod faults;
mod guards;
mod halves;
mod moods;
mod road;
mod typed;
mod visits;
mod who;
